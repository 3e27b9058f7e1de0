// The box for answers and notes: drafts kept on every pause, the platform's limit, whom it answers. `inbox.js` says when a conversation is
// opened and left; on a page without it (an answer that could not be sent) the box is there from the beginning.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
let typing = 0;

async function post(address, fields, more = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" }, ...more });
}

// Drafts: kept on every pause, and when the page is left. One box serves for answers and notes; each has its own draft, and the other's
// words wait in `aside` while one is written.
const RETRY = 5_000;
let pause = 0;
let kept = null; // what the server has; null: there is no box
let aside = "";
let isNote = false;
let usual = null; // the choices of copies for whom one answers by default
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
  show();
}
// The box as it is for an answer, or for a note among colleagues.
function show() {
  const field = text();
  field.form.classList.toggle("is-note", isNote);
  field.form.classList.toggle("is-answer", !isNote);
  field.dataset.answerPlaceholder ??= field.placeholder;
  field.placeholder = isNote ? field.dataset.notePlaceholder : field.dataset.answerPlaceholder;
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
    document.dispatchEvent(new Event("grapevine:typing"));
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
    document.querySelector(".answer-to")?.toggleAttribute("hidden", Boolean(which.dataset.answer));
    const names = document.querySelectorAll(`#message-${CSS.escape(which.dataset.answer)}-by bdi`);
    document.getElementById("answer-whose").textContent = [...names].map((one) => one.textContent).join(" ");
    offer(which.dataset.answer, which.hasAttribute("data-answer-all"));
    write(false);
    text().focus();
  }
  const way = event.target.closest("[data-write]");
  if (way) {
    write(way.dataset.write === "note");
    text().focus();
  }
});

// Who had the letter that is answered may have a copy; ticked only where "Answer all" was pressed.
function offer(message, all) {
  const box = document.getElementById("answer-copies");
  const among = document.getElementById("answer-copied");
  if (!among) return;
  usual ??= [...among.children];
  const had = document.querySelectorAll(`#message-${CSS.escape(message)} .said-copies [data-copy]`);
  const choices = message ? [...had].map((one) => choice(one, all)) : usual;
  among.replaceChildren(...choices);
  box.hidden = choices.length === 0;
}
function choice(address, ticked) {
  const label = document.createElement("label");
  label.className = "choice";
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "copies", value: address.dataset.copy, checked: ticked });
  const shown = document.createElement("bdi");
  shown.textContent = address.textContent;
  label.append(tick, shown);
  return label;
}

// The files that were chosen, by name: the browser's own words for it are hidden with its button.
document.addEventListener("change", (event) => {
  const says = document.getElementById(event.target.dataset?.fileNames);
  if (says) says.textContent = [...event.target.files].map((one) => one.name).join(", ");
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "answer-text") return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) document.getElementById(isNote ? "answer-note" : "answer-send")?.click();
  if (event.key === "Escape") event.target.blur();
});

function begin() {
  usual = null;
  kept = text()?.value ?? null;
  aside = document.getElementById("note-draft")?.value ?? "";
  isNote = false;
  if (!text()) return;
  for (const one of document.querySelectorAll("#answer [data-needs-js]")) one.hidden = false;
  show();
  measure();
  // Where nothing can be sent, there are notes.
  if (!document.getElementById("answer-send") && document.querySelector("[data-note]")) write(true);
}

// A page that comes back on the way back shows what it held when it was left; what has gone since must not stand there as if it had not.
async function renew() {
  clearTimeout(pause); // of what was on its way when the page was left
  const field = text();
  if (!field) return;
  const before = field.value;
  const answer = await fetch(field.form.dataset.draft, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || text() !== field || field.value !== before) return; // somebody writes already
  const begun = await answer.json();
  [kept, aside] = isNote ? [begun.note, begun.answer] : [begun.answer, begun.note];
  field.value = kept;
  document.getElementById("answer-state").textContent = "";
  measure();
}
addEventListener("pageshow", (event) => {
  if (event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward") renew();
});
document.addEventListener("grapevine:thread", begin);
document.addEventListener("grapevine:thread-left", save);
addEventListener("pagehide", save);
begin();
