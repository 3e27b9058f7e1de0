// The frame: htmx under our policy, menus, appearance. Each module stands alone; they speak by events on the document.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const words = () => document.getElementById("toasts")?.dataset ?? {};
const say = (text, tone = "bad") => document.dispatchEvent(new CustomEvent("grapevine:toast", { detail: { text, tone } }));

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});
document.addEventListener("htmx:responseError", (event) => {
  // A page that asked by itself (polling, live) stays quiet; a person who pressed something is told.
  const asked = event.detail.requestConfig?.triggeringEvent;
  if (asked?.isTrusted ?? true) say(words().failed);
});
document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.requestConfig?.triggeringEvent?.isTrusted) say(words().offline);
});

for (const element of document.querySelectorAll("[data-needs-js]")) element.hidden = false;

// Menus: one open at a time; Escape and a click beside close them.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details[data-menu]") || event.newState !== "open") return;
  for (const other of openMenus()) if (other !== event.target && !other.contains(event.target)) other.open = false;
}, true);
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    const insideLink = event.target.closest(".menu-item");
    if (!menu.contains(event.target) || (insideLink && menu.classList.contains("menu"))) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A group of ways that is folded away stays so on this device; the server draws it closed (`navigation.CLOSED_COOKIE`). Only a person's own
// press counts: the group of the page one is on is drawn open, and that is forgotten with the page.
document.addEventListener("click", (event) => {
  const group = event.target.closest?.("[data-nav-group] > summary")?.parentElement;
  if (!group) return;
  const known = /(?:^|; )grapevine_closed=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  const closed = new Set(known.split(".").filter(Boolean));
  if (group.open) closed.add(group.dataset.navGroup); // it is about to close
  else closed.delete(group.dataset.navGroup);
  document.cookie = `grapevine_closed=${[...closed].join(".")}; path=/; max-age=31536000; samesite=lax`;
});

// Appearance changes at once; the server is told beside it.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-appearance-form]");
  if (!form) return;
  event.preventDefault();
  const wish = event.submitter?.value ?? "";
  document.documentElement.dataset.appearance = wish;
  for (const button of form.querySelectorAll("button")) {
    if (button === event.submitter) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  const body = new FormData(form, event.submitter);
  await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => say(words().offline));
});

// A filter form sends itself when a choice changes; without this there is a button for it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form && !event.target.matches('input[type="search"], input[type="text"]')) form.requestSubmit();
});

// Copy the text of what `data-copy` names.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard?.writeText((source?.value ?? source?.textContent ?? "").trim());
  say(button.dataset.copied ?? "✓", "good");
});
