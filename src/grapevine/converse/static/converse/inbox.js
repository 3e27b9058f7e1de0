// The inbox: ticks and keys stay where they were when the list is made anew, drafts are kept on every pause, colleagues see each other.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const rows = () => [...document.querySelectorAll("#inbox-rows [data-thread]")];
const thread = () => document.getElementById("thread");
const visible = (element) => element?.checkVisibility?.() ?? false;

async function post(address, fields, more = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" }, ...more });
}

// What the list remembers while it is made anew: which are ticked, and where one was.
let ticked = new Set();
let place = { id: "", at: -1, focused: false };
const boxes = () => [...document.querySelectorAll('input[name="thread"][form="bulk"]')];

function remember() {
  ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  const current = document.activeElement?.closest?.("[data-thread][data-key-item]") ?? document.querySelector("[data-key-item].is-current");
  if (current) place = { id: current.dataset.thread, at: rows().indexOf(current), focused: document.activeElement === document.body || current.contains(document.activeElement) || Boolean(document.activeElement?.closest?.("#bulk")) };
}

function restore() {
  for (const box of boxes()) box.checked = ticked.has(box.value);
  count();
  mark();
  for (const one of document.querySelectorAll("#inbox [data-needs-js]")) one.hidden = false;
  if (place.at < 0) return;
  const all = rows();
  const item = all.find((row) => row.dataset.thread === place.id) ?? all[Math.min(place.at, all.length - 1)];
  if (!item) return;
  for (const row of all) row.classList.toggle("is-current", row === item);
  const away = document.activeElement && document.activeElement !== document.body;
  if (place.focused && !away && visible(item)) item.focus({ preventScroll: true });
}

function count() {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const number = boxes().filter((box) => box.checked).length;
  bulk.classList.toggle("has-ticks", number > 0);
  const says = bulk.querySelector(".tools-count");
  says.hidden = !number;
  says.textContent = number === 1 ? says.dataset.one : says.dataset.many.replace("{n}", number);
}

// The list beside an open conversation shows which it is.
function mark() {
  const open = thread()?.dataset.thread ?? "";
  for (const row of rows()) {
    row.classList.toggle("chosen", row.dataset.thread === open);
    const link = row.querySelector("[data-key-open]");
    if (row.dataset.thread === open) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
}

document.addEventListener("change", (event) => {
  if (event.target.form?.id === "bulk" && event.target.name === "thread") count();
  if (event.target.name === "message") document.getElementById("split").hidden = !document.querySelector('input[name="message"]:checked');
});

// Without a tick, what is done is done to the conversation one is at.
function chosen(form, body) {
  if (form?.id !== "bulk" || boxes().some((box) => box.checked)) return;
  const current = document.querySelector("[data-key-item].is-current")?.dataset.thread;
  if (current) body.append("thread", current);
}
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form?.id !== "bulk") return;
  remember();
  chosen(form, event.detail.formData ?? event.detail.parameters);
  ticked = new Set();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (["inbox", "inbox-rows"].includes(event.detail.target?.id) && !event.detail.requestConfig?.elt?.closest?.("#bulk")) remember();
  if (["thread-pane", "inbox"].includes(event.detail.target?.id) && thread()) leave();
});
document.addEventListener("htmx:afterSwap", (event) => {
  const id = event.detail.target?.id ?? event.detail.elt?.id;
  if (["inbox", "inbox-rows"].includes(id) || event.target.id === "inbox" || event.target.id === "inbox-rows") restore();
  if (id === "thread-pane" || id === "inbox") arrive();
  for (const one of document.querySelectorAll("#thread [data-needs-js]")) one.hidden = false;
});

// Menus opened by a key: the first choice has the focus.
document.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches?.(".tools details[data-menu]")) event.target.querySelector(".menu-sheet :is(button, input)")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === "Enter" && event.target.id === "answer-text") document.getElementById("answer-send")?.click();
    return;
  }
  // In a field of a tool, Enter presses that tool's own button.
  if (event.key === "Enter" && event.target.matches?.(".tool-field input")) {
    event.preventDefault();
    event.target.closest(".menu-sheet").querySelector(".tool-field ~ button")?.click();
    return;
  }
  if (event.key === "Enter" && event.target.matches?.("[data-key-item]")) event.target.querySelector("[data-key-open]")?.click();
  if (event.key === "Escape" && event.target.id === "answer-text") event.target.blur();
});
document.addEventListener("grapevine:list-end", () => document.querySelector("[data-load-more]")?.click());

// Being there.
let looking = 0;
let typing = 0;
async function look(fields = {}) {
  const open = thread();
  if (!open || document.hidden || !document.getElementById("answer-form")) return;
  const answer = await post(open.dataset.look, fields).catch(() => null);
  const there = document.getElementById("there");
  if (answer?.ok && there && thread() === open) there.innerHTML = await answer.text(); // made by us, names escaped
}
function leave() {
  clearInterval(looking);
  save();
  const open = thread();
  if (!open) return;
  const body = new FormData();
  body.set("leave", "1");
  body.set("csrfmiddlewaretoken", token());
  navigator.sendBeacon(open.dataset.look, body);
}
addEventListener("pagehide", leave);

// Drafts: kept on every pause, and when the page is left. One box serves for answers and notes; each has its own draft, and the other's
// words wait in `aside` while one is written.
const RETRY = 5_000;
let pause = 0;
let kept = null; // what the server has; null: there is no box
let aside = "";
let isNote = false;
const text = () => document.getElementById("answer-text");
const unsaved = () => kept !== null && text() && text().value !== kept;
async function save() {
  clearTimeout(pause);
  if (!unsaved()) return;
  const field = text();
  const form = field.form;
  const [words, before] = [field.value, kept];
  kept = words;
  const fields = isNote ? { text: words, note: "1" } : { text: words };
  const answer = await post(form.dataset.draft, fields, { keepalive: words.length < 15_000 }).catch(() => null);
  const said = document.getElementById("answer-state");
  if (!form.isConnected || text() !== field || kept !== words) return; // elsewhere, or sent, by now
  if (said) said.textContent = answer?.ok ? (words.trim() ? form.dataset.kept : "") : form.dataset.unkept;
  if (answer?.ok) return;
  kept = before;
  pause = setTimeout(save, RETRY);
}
addEventListener("beforeunload", (event) => {
  save();
  // What could not be kept is asked about, rather than lost.
  if (document.getElementById("answer-state")?.textContent === text()?.form?.dataset.unkept && unsaved()) event.preventDefault();
});

function write(note) {
  const field = text();
  if (!field) return;
  if (note !== isNote && kept !== null) {
    save();
    [field.value, aside] = [aside, field.value];
    [isNote, kept] = [note, field.value];
    document.getElementById("answer-state").textContent = "";
    measure();
  }
  field.form.classList.toggle("is-note", isNote);
  document.getElementById("answer-of").value = isNote ? "note" : "answer";
  document.querySelector("[data-note]")?.classList.toggle("primary", isNote);
  for (const one of document.querySelectorAll("[data-write]")) one.setAttribute("aria-pressed", String((one.dataset.write === "note") === isNote));
}
document.addEventListener("input", (event) => {
  if (event.target.id !== "answer-text") return;
  measure();
  clearTimeout(pause);
  pause = setTimeout(save, 1200);
  if (Date.now() - typing > 4000) {
    typing = Date.now();
    look({ typing: "1" });
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "answer-form") return;
  clearTimeout(pause);
  // While it is on its way it is no draft any more. Should the request fail, this page stays, and its words are kept again.
  kept = text().value;
  pause = setTimeout(() => { if (text()) { kept = ""; save(); } }, RETRY);
});

function measure() {
  const field = text();
  const says = document.getElementById("answer-count");
  if (!field || !says) return;
  const left = Number(field.dataset.longest) - [...field.value].length;
  says.textContent = (left < 0 ? says.dataset.over : says.dataset.left).replace("{n}", Math.abs(left));
  says.classList.toggle("over", left < 0);
}

document.addEventListener("click", (event) => {
  const which = event.target.closest("[data-answer]");
  if (which) {
    document.getElementById("answer-to").value = which.dataset.answer;
    document.getElementById("answer-which").hidden = !which.dataset.answer;
    text().focus();
  }
  const way = event.target.closest("[data-write]");
  if (way) {
    write(way.dataset.write === "note");
    text().focus();
  }
});

function arrive() {
  mark();
  clearInterval(looking);
  if (!thread()) return;
  kept = text()?.value ?? null;
  aside = document.getElementById("note-draft")?.value ?? "";
  isNote = false;
  for (const one of document.querySelectorAll("#answer [data-needs-js]")) one.hidden = false;
  measure();
  look();
  looking = setInterval(() => look(), 20_000);
  document.querySelector("#thread-said .said:last-of-type")?.scrollIntoView({ block: "nearest" });
}

// The page's own search is the nearer one.
const frame = document.getElementById("side-search");
if (frame && document.getElementById("inbox-q")) delete frame.dataset.key;
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
restore();
arrive();
