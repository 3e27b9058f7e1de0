// While another conversation is fetched, the one before it is out of reach: nobody's words go to the person they were just done with. Who is
// quicker than the server has not typed in vain: "r" (or "n") and the words after it wait, and stand in the new one's box when it is there.

let request = null;
let typed = [];
const pane = () => document.getElementById("thread-pane");
const replaces = (event) => ["thread-pane", "inbox"].includes(event.detail.target?.id);

function close(closed) {
  const place = pane();
  if (!place) return;
  place.inert = closed;
  if (closed) place.setAttribute("aria-busy", "true");
  else place.removeAttribute("aria-busy");
}

document.addEventListener("htmx:beforeSend", (event) => {
  if (!replaces(event)) return;
  request = event.detail.xhr;
  typed = [];
  close(true);
});
// Two were opened, one after the other: what was asked last is shown, whichever comes first.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!replaces(event) || !request || event.detail.xhr === request) return;
  event.detail.shouldSwap = false;
  event.stopImmediatePropagation();
});
// Heard before `inbox.js`, which gives the new one the focus.
document.addEventListener("htmx:afterSwap", (event) => { if (replaces(event)) close(false); });
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr !== request) return;
  request = null;
  close(false);
  const [way, ...words] = typed;
  typed = [];
  if (!way || !event.detail.successful) return;
  document.querySelector(`#thread [data-write="${way === "n" ? "note" : "answer"}"]`)?.click();
  const field = document.getElementById("answer-text");
  if (!field || !words.length) return;
  field.setRangeText(words.join(""), field.value.length, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  if (request && typed.length && event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.preventDefault(); // nothing to send yet
  if (!request || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  if (typed.length) {
    if (event.key === "Escape") typed = [];
    else if (event.key === "Backspace") typed = typed.slice(0, Math.max(1, typed.length - 1));
    else if (event.key === "Enter") typed.push("\n");
    else if (event.key.length === 1) typed.push(event.key);
    else return;
  } else if (["r", "n"].includes(event.key) && document.documentElement.dataset.keys !== "off") typed = [event.key];
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// Nothing is sent from a conversation that is being left.
document.addEventListener("submit", (event) => {
  if (!event.target.closest("#thread-pane[inert]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
