// What takes longer than a moment says that it is at work: a thin bar at the top of the window, and the button that was pressed.

const PATIENCE = 500;
const bar = document.getElementById("busy");
const running = new Map();

function show() {
  if (bar) bar.hidden = ![...running.values()].some(Boolean);
}

function begin(key, button) {
  if (running.has(key)) return;
  running.set(key, false);
  setTimeout(() => {
    if (!running.has(key)) return;
    running.set(key, true);
    button?.setAttribute("aria-busy", "true");
    show();
  }, PATIENCE);
}

function end(key, button) {
  running.delete(key);
  button?.removeAttribute("aria-busy");
  show();
}

// What a page asks for by itself is nobody's waiting.
const asked = (event) => event.detail.requestConfig?.triggeringEvent?.isTrusted ?? false;
const pressed = (event) => event.detail.requestConfig?.triggeringEvent?.submitter ?? event.detail.elt?.closest?.(".button");

document.addEventListener("htmx:beforeSend", (event) => { if (asked(event)) begin(event.detail.xhr, pressed(event)); });
for (const name of ["htmx:afterRequest", "htmx:sendAbort"]) document.addEventListener(name, (event) => end(event.detail.xhr, pressed(event)));

let leaving = null;
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.target === "_blank" || form.method === "dialog" || form.closest("[hx-post], [hx-get]")) return;
  leaving = event.submitter;
  begin("page", leaving);
});
// Back from the browser's own keeping, or after a download, nothing is under way any more.
addEventListener("pageshow", () => end("page", leaving));
addEventListener("focus", () => end("page", leaving));
