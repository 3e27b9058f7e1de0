// Dialogs: opened and closed by buttons that name them, by a click beside, by Escape (the browser's own),
// and by the server with the event `grapevine:done` in HX-Trigger.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    const sidebar = opener.closest("[popover]");
    if (sidebar?.matches(":popover-open")) sidebar.hidePopover();
    opener.closest("details[data-menu]")?.removeAttribute("open");
    if (dialog && !dialog.open) dialog.showModal();
    event.preventDefault(); // where the browser knows `command`, it would open the dialog once more
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog")?.close();
});

// A click on the backdrop lands on the dialog element itself; it must begin there too, not end there after selecting text.
let pressedOn = null;
document.addEventListener("pointerdown", (event) => { pressedOn = event.target; });
document.addEventListener("click", (event) => {
  if (event.target.matches?.("dialog[open]") && pressedOn === event.target) {
    const box = event.target.getBoundingClientRect();
    const beside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (beside) event.target.close();
  }
});

document.addEventListener("grapevine:done", (event) => event.target.closest?.("dialog[open]")?.close());
