// Keeps "5 min ago" true while the page is open: by the rule and in the words of ui.components.figures.relative.

const words = JSON.parse(document.querySelector("meta[name=grapevine-moments]")?.content ?? "null");

/** What to say of a moment `seconds` ago (less than nought: yet to come); null when the date should stand. */
export function told(seconds, { now, ago, in: ahead, units }) {
  const away = Math.abs(seconds);
  if (away < 60) return now;
  const unit = units.find(([below]) => away < below);
  if (!unit) return null;
  const [, size, one, more] = unit;
  const count = Math.floor(away / size);
  const time = (count === 1 ? one : more).replace("%(n)d", count);
  return (seconds > 0 ? ago : ahead).replace("%(time)s", time);
}

function refresh(root = document) {
  if (!words) return;
  const now = Date.now();
  for (const element of root.querySelectorAll("time[data-relative]")) {
    const text = told(Math.trunc((now - Date.parse(element.dateTime)) / 1000), words);
    // Older than a week: the server's date stands.
    if (text !== null && element.firstChild?.nodeValue !== text) element.firstChild.nodeValue = text;
  }
}

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 30_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
document.addEventListener("htmx:afterSwap", () => refresh());
