// The inbox: ticks and keys stay where they were when the list is made anew; colleagues see each other. (The box for answers is `answer.js`.)

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
let place = { id: "", at: -1, focused: false, inThread: false };
const boxes = () => [...document.querySelectorAll('input[name="thread"][form="bulk"]')];

function remember() {
  ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  const active = document.activeElement;
  const within = (selector) => Boolean(active?.closest?.(selector));
  const inThread = within("#thread, #thread-pane");
  // From a conversation one comes back to its own row.
  const current = active?.closest?.("[data-thread][data-key-item]")
    ?? (inThread ? document.querySelector(".thread-row.chosen") : null)
    ?? document.querySelector("[data-key-item].is-current");
  place = {
    id: current?.dataset.thread ?? "", at: current ? rows().indexOf(current) : -1,
    focused: active === document.body || Boolean(current?.contains(active)) || inThread || within("#bulk"),
    inThread,
  };
}

function restore() {
  for (const box of boxes()) box.checked = ticked.has(box.value);
  count();
  mark();
  tally();
  for (const one of document.querySelectorAll("#inbox [data-needs-js]")) one.hidden = false;
  // Focus is given back where it was lost, and taken from nobody.
  const away = document.activeElement && document.activeElement !== document.body;
  const inThread = place.inThread && Boolean(thread());
  if (inThread && !away) document.getElementById("thread-title").focus({ preventScroll: true });
  if (place.at < 0) return;
  const all = rows();
  const item = all.find((row) => row.dataset.thread === place.id) ?? all[Math.min(place.at, all.length - 1)];
  if (!item) return;
  for (const row of all) row.classList.toggle("is-current", row === item);
  if (place.focused && !inThread && !away && visible(item)) {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
}

// How many are new to me, in the window's title and beside the way here. (A list made anew brings its title along.)
function tally() {
  const number = document.getElementById("inbox-rows")?.dataset.unread ?? "";
  const title = document.title.replace(/^\(\S+\) /, "");
  document.title = number ? `(${number}) ${title}` : title;
  const way = document.querySelector('.nav a[data-key="g i"]');
  let beside = way?.querySelector(".count");
  if (way && number && !beside) {
    beside = document.createElement("span");
    beside.className = "count";
    way.append(beside);
  }
  if (beside) beside.textContent = number;
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

// What is open is seen; the server is told of it by `look`, and the list says so at once.
function seen(row) {
  row.classList.remove("unseen");
  const list = document.getElementById("inbox-rows");
  const number = Number(list.dataset.unread);
  if (number > 0) list.dataset.unread = number > 1 ? String(number - 1) : "";
  tally();
}

// The list beside an open conversation shows which it is.
function mark() {
  const open = thread()?.dataset.thread ?? "";
  for (const row of rows()) {
    row.classList.toggle("chosen", row.dataset.thread === open);
    const link = row.querySelector("[data-key-open]");
    if (row.dataset.thread === open) {
      link?.setAttribute("aria-current", "true");
      if (row.classList.contains("unseen")) seen(row);
    } else link?.removeAttribute("aria-current");
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
  if (id === "thread-pane" || id === "inbox") arrive();
  if (["inbox", "inbox-rows"].includes(id) || event.target.id === "inbox" || event.target.id === "inbox-rows") restore();
  if (id === "thread-pane") document.getElementById("thread-title")?.focus({ preventScroll: true });
  for (const one of document.querySelectorAll("#thread [data-needs-js]")) one.hidden = false;
});

// Menus opened by a key: the first choice has the focus.
document.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches?.(".tools details[data-menu]")) event.target.querySelector(".menu-sheet :is(button, input)")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // In a field of a tool, Enter presses that tool's own button.
  if (event.key === "Enter" && event.target.matches?.(".tool-field input")) {
    event.preventDefault();
    event.target.closest(".menu-sheet").querySelector(".tool-field ~ button")?.click();
    return;
  }
  if (event.key === "Enter" && event.target.matches?.("[data-key-item]")) event.target.querySelector("[data-key-open]")?.click();
});
document.addEventListener("grapevine:list-end", () => document.querySelector("[data-load-more]")?.click());

// Being there.
let looking = 0;
let typing = 0;
document.addEventListener("grapevine:typing", () => look({ typing: "1" }));
async function look(fields = {}) {
  const open = thread();
  if (!open || document.hidden || !document.getElementById("answer-form")) return;
  const answer = await post(open.dataset.look, fields).catch(() => null);
  const there = document.getElementById("there");
  if (answer?.ok && there && thread() === open) there.innerHTML = await answer.text(); // made by us, names escaped
}
function leave() {
  clearInterval(looking);
  document.dispatchEvent(new Event("grapevine:thread-left"));
  const open = thread();
  if (!open) return;
  const body = new FormData();
  body.set("leave", "1");
  body.set("csrfmiddlewaretoken", token());
  navigator.sendBeacon(open.dataset.look, body);
}
addEventListener("pagehide", leave);

function arrive() {
  mark();
  clearInterval(looking);
  if (!thread()) return;
  document.dispatchEvent(new Event("grapevine:thread"));
  look();
  looking = setInterval(() => look(), 20_000);
  toLatest();
  document.querySelector(".thread-row.chosen")?.scrollIntoView({ block: "nearest" });
}

// A conversation is opened at what was said last, and stays there as more is said; who reads further up is told instead.
const scroller = () => document.getElementById("thread-scroll");
function toLatest() {
  const place = scroller();
  const last = [...document.querySelectorAll("#thread-said .said")].at(-1);
  if (!place || !last || place.scrollHeight <= place.clientHeight) return;
  place.scrollTop = Math.min(last.offsetTop - place.offsetTop - 8, place.scrollHeight);
}
let follows = true;
let latest = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const place = scroller();
  if (event.detail.target?.id !== "thread-said" || !place) return;
  follows = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  latest = event.detail.target.dataset.latest;
});
document.addEventListener("htmx:afterSwap", () => {
  const said = document.getElementById("thread-said");
  if (!latest || !said || said.dataset.latest === latest) return;
  latest = "";
  if (follows) toLatest();
  else document.getElementById("new-below").hidden = false;
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#new-below")) return;
  document.getElementById("new-below").hidden = true;
  toLatest();
  scroller().focus({ preventScroll: true });
});

// The page's own search is the nearer one.
const frame = document.getElementById("side-search");
if (frame && document.getElementById("inbox-q")) delete frame.dataset.key;
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
restore();
arrive();
