// Keys. A page says them in its markup:
//   data-key="c" or "g s" on a link, button or field: presses it (a field gets the focus); data-key-label says what it does.
//   data-key-list on a list, data-key-item on its items: j and k go through them, o opens (data-key-open inside, else the first link).
//   data-item-key="x" inside an item: presses it in the item that has the focus.
// `?` shows them all. Single keys can be turned off (WCAG 2.1.4); the choice stays in this browser.

const STORE = "grapevine.keys";
const help = document.getElementById("keys-help");
const remembered = () => {
  try { return localStorage.getItem(STORE) !== "off"; } catch { return true; }
};
let on = remembered();
const tell = () => { document.documentElement.dataset.keys = on ? "on" : "off"; }; // for modules that hear keys themselves
tell();
let prefix = "";
let prefixTimer = 0;

const visible = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;
const busy = (event) => event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
  || event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable='true'], dialog[open]");

const items = () => [...document.querySelectorAll("[data-key-list] [data-key-item]")].filter(visible);
const current = () => document.activeElement?.closest?.("[data-key-item]") ?? document.querySelector("[data-key-item].is-current");

function go(step) {
  const all = items();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  for (const item of all) item.classList.toggle("is-current", item === next);
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (at === all.length - 1 && step > 0) document.dispatchEvent(new CustomEvent("grapevine:list-end"));
  return true;
}

function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
  return true;
}

function act(keys) {
  if (keys === "?") return showHelp();
  const inItem = current()?.querySelector(`[data-item-key="${CSS.escape(keys)}"]`);
  if (inItem) return press(inItem);
  const own = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === keys && !one.closest("[inert]"));
  const found = own.find(visible) ?? own.find((one) => one.matches("a[href]"));
  if (found) return press(found);
  if (keys === "j") return go(1);
  if (keys === "k") return go(-1);
  if (keys === "o") {
    const item = current();
    const target = item?.querySelector("[data-key-open]") ?? (item?.matches("a[href]") ? item : item?.querySelector("a[href]"));
    return target ? press(target) : false;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (!on || busy(event) || event.key.length !== 1 || event.key === " ") return;
  const keys = prefix ? `${prefix} ${event.key}` : event.key;
  clearTimeout(prefixTimer);
  prefix = "";
  if (act(keys)) {
    event.preventDefault();
    return;
  }
  if ([...document.querySelectorAll("[data-key]")].some((one) => one.dataset.key.startsWith(`${keys} `))) {
    prefix = keys;
    prefixTimer = setTimeout(() => { prefix = ""; }, 1200);
    event.preventDefault();
  }
});

function section(title, rows) {
  if (!rows.length) return [];
  const heading = document.createElement("h3");
  heading.textContent = title;
  const list = document.createElement("dl");
  for (const [keys, label] of rows) {
    const term = document.createElement("dt");
    term.textContent = label;
    const value = document.createElement("dd");
    keys.split(" ").forEach((key, index) => {
      if (index) value.append(` ${help.dataset.then} `);
      const cap = document.createElement("kbd");
      cap.textContent = key;
      value.append(cap);
    });
    list.append(term, value);
  }
  const part = document.createElement("section");
  part.append(heading, list);
  return [part];
}

function showHelp() {
  if (!help) return false;
  const unique = new Map();
  for (const one of document.querySelectorAll("[data-key][data-key-label]")) {
    unique.set(one.dataset.key, [one.dataset.keyLabel, one.dataset.keyGroup ?? "page"]);
  }
  for (const one of document.querySelectorAll("[data-item-key][data-key-label]")) {
    unique.set(one.dataset.itemKey, [one.dataset.keyLabel, "list"]);
  }
  const of = (group) => [...unique].filter(([, [, its]]) => its === group).map(([keys, [label]]) => [keys, label]);
  const words = help.dataset;
  const moves = items().length ? [["j", words.next], ["k", words.previous], ["o", words.open]] : [];
  help.querySelector("[data-keys-list]").replaceChildren(
    ...section(words.page, [...of("page"), ["?", words.help]]),
    ...section(words.list, [...moves, ...of("list")]),
    ...section(words.go, of("go")),
  );
  if (!help.open) help.showModal();
  return true;
}

const toggle = help?.querySelector("[data-keys-switch]");
if (toggle) {
  toggle.checked = on;
  toggle.addEventListener("change", () => {
    on = toggle.checked;
    tell();
    try { localStorage.setItem(STORE, on ? "on" : "off"); } catch { /* private windows forget */ }
  });
}
document.addEventListener("click", (event) => {
  if (event.target.closest('[data-dialog-open="keys-help"]')) showHelp();
}, true);
