// Notices: those the server put into the page, and those that come by the event `grapevine:toast`
// (from the answer's HX-Trigger header or from another module).

const place = document.getElementById("toasts");
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

function dress(toast) {
  // What holds for so many seconds only is offered so long, and no longer.
  const ends = toast.dataset.left ? Date.now() + Number(toast.dataset.left) * 1000 : null;
  remember(toast.querySelector("form"), ends);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet square small toast-close";
  close.setAttribute("aria-label", place.dataset.close);
  close.textContent = "×";
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
  // What went wrong stays until it is closed; what can be undone stays longer (WCAG 2.2.1 wants time enough).
  if (toast.classList.contains("bad")) return;
  let left = ends ? ends - Date.now() : toast.querySelector("form") ? 20_000 : 8_000;
  let held = false;
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, () => { held = true; });
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, () => { held = false; });
  const timer = setInterval(() => {
    if (!held && !document.hidden) left -= 500;
    if (ends && Date.now() >= ends) {
      toast.querySelector("form")?.remove();
      if (!held) left = 0;
    }
    if (left <= 0 || !toast.isConnected) {
      clearInterval(timer);
      toast.remove();
    }
  }, 500);
}

// What was done last can be undone by a key after its notice has gone, too, for as long as that holds: on the next pages of this window as well.
const LAST = "grapevine.undo";
const STAYS = 600_000;
const last = document.getElementById("undo-last");
function remember(form, ends) {
  if (!form) return;
  keep({ action: form.getAttribute("action"), ends: ends ?? Date.now() + STAYS });
  form.addEventListener("submit", () => keep(null));
}
function keep(found) {
  try {
    if (found) sessionStorage.setItem(LAST, JSON.stringify(found));
    else sessionStorage.removeItem(LAST);
  } catch { /* private windows forget */ }
  offer(found);
}
function offer(found) {
  if (!last) return;
  const left = (found?.ends ?? 0) - Date.now();
  last.hidden = left <= 0;
  if (left <= 0) return;
  last.action = found.action;
  setTimeout(() => { if (last.getAttribute("action") === found.action) last.hidden = true; }, left);
}
last?.addEventListener("submit", () => {
  last.elements.csrfmiddlewaretoken.value = token();
  keep(null);
});
try { offer(JSON.parse(sessionStorage.getItem(LAST))); } catch { /* private windows forget */ }

function make({ text, tone = "info", undo = "", undo_label: label = "", left = null }) {
  const toast = document.createElement("div");
  if (undo && left !== null) toast.dataset.left = left;
  toast.className = `toast ${tone}`;
  const words = document.createElement("span");
  words.className = "toast-text";
  words.textContent = text;
  toast.append(words);
  if (undo) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = undo;
    const key = document.createElement("input");
    key.type = "hidden";
    key.name = "csrfmiddlewaretoken";
    key.value = token();
    const button = document.createElement("button");
    button.className = "button small";
    // The key undoes what was done last.
    for (const other of place.querySelectorAll('[data-key="u"]')) delete other.dataset.key;
    button.dataset.key = "u";
    button.dataset.keyLabel = label || place.dataset.undo;
    button.textContent = label || place.dataset.undo;
    form.append(key, button);
    toast.append(form);
  }
  return toast;
}

document.addEventListener("grapevine:toast", (event) => {
  if (!event.detail?.text) return;
  const toast = make(event.detail);
  place.append(toast);
  dress(toast);
  while (place.children.length > 4) place.firstElementChild.remove();
});
for (const toast of place?.querySelectorAll("[data-toast]") ?? []) dress(toast);
