// Naming a colleague in a note: "@" and a few letters offer those who fit, as a list that the field controls; how many there are is said.
// (A textarea may not be called a combobox, but it may have a list and an active choice, so it behaves as one.) Arrow keys choose, Enter or Tab takes, Escape closes. What is written stays plain text: "@" and the name.

const MOST = 8;
const fold = (words) => words.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const list = (field) => document.getElementById(field.dataset.names);
let at = -1; // where the "@" stands; -1: nobody is being named
let chosen = 0;

function named(field) {
  if (!field.form.classList.contains("is-note") || field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  const found = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+)?)$/u.exec(before);
  return found && { from: before.length - found[1].length - 1, words: found[1] };
}

const fitting = (options, words) => {
  const wanted = fold(words);
  const rank = (name) => (fold(name).startsWith(wanted) ? 0 : fold(name).split(/[\s-]+/).some((part) => part.startsWith(wanted)) ? 1 : 2);
  return options.map((one) => [rank(one.dataset.name), one]).filter(([rank]) => rank < 2).sort(([a], [b]) => a - b).map(([, one]) => one).slice(0, MOST);
};

const shown = (choices) => [...choices.querySelectorAll("[role=option]:not([hidden])")];

function mark(field, choices) {
  const all = shown(choices);
  chosen = (chosen + all.length) % Math.max(1, all.length);
  for (const [place, one] of all.entries()) one.setAttribute("aria-selected", String(place === chosen));
  const now = all[chosen];
  if (now) {
    field.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function close(field) {
  const choices = list(field);
  if (!choices || choices.hidden) return;
  at = -1;
  choices.hidden = true;
  for (const name of ["aria-activedescendant", "aria-autocomplete", "aria-controls", "aria-haspopup"]) field.removeAttribute(name);
}

function open(field) {
  const choices = list(field);
  const now = named(field);
  if (!choices || !now) return close(field);
  const options = [...choices.querySelectorAll("[role=option]")];
  const fits = fitting(options, now.words);
  for (const one of options) one.hidden = !fits.includes(one);
  for (const one of fits) choices.append(one);
  const says = document.getElementById(`${choices.id}-found`);
  if (says) says.textContent = fits.length === 1 ? choices.dataset.foundOne : fits.length ? choices.dataset.found.replace("{n}", fits.length) : now.words ? "" : choices.dataset.foundNone;
  if (!fits.length) return close(field);
  at = now.from;
  chosen = 0;
  choices.hidden = false;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", choices.id);
  mark(field, choices);
}

function take(field, option) {
  const end = field.selectionStart;
  field.setRangeText(`@${option.dataset.name} `, at, end, "end");
  close(field);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const isField = (element) => element?.matches?.("textarea[data-names]") ?? false;

document.addEventListener("input", (event) => { if (isField(event.target)) open(event.target); });
document.addEventListener("focusout", (event) => { if (isField(event.target)) close(event.target); });
document.addEventListener("keydown", (event) => {
  const field = event.target;
  const choices = isField(field) ? list(field) : null;
  if (!choices || choices.hidden || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen += step;
    mark(field, choices);
  } else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && !event.ctrlKey && !event.metaKey) take(field, shown(choices)[chosen]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation(); // Escape and Enter mean this list, while it is open
}, true);
// A press must not take the focus from the field: the list would close before it is a click.
document.addEventListener("pointerdown", (event) => { if (event.target.closest?.(".name-choices")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".name-choices [role=option]");
  const field = option && document.querySelector(`textarea[data-names="${option.parentElement.id}"]`);
  if (field) take(field, option);
});
