// Keeps "5 min ago" true while the page is open, in the page's language.

const lang = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "short" });
const STEPS = [[60, "second", 1], [3600, "minute", 60], [86_400, "hour", 3600], [604_800, "day", 86_400]];

function refresh(root = document) {
  const now = Date.now();
  for (const element of root.querySelectorAll("time[data-relative]")) {
    const seconds = Math.round((Date.parse(element.dateTime) - now) / 1000);
    const step = STEPS.find(([below]) => Math.abs(seconds) < below);
    if (!step) continue; // older than a week: the server's date stands
    const [, unit, size] = step;
    const text = unit === "second" ? relative.format(0, "second") : relative.format(Math.trunc(seconds / size), unit);
    if (element.firstChild?.nodeValue !== text) element.firstChild.nodeValue = text;
  }
}

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 30_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
document.addEventListener("htmx:afterSwap", () => refresh());
