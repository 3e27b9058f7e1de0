// Openers and facts go into the reply where the caret stands; a reply nearly like many before is pointed out on a pause.
// The box is the textarea marked data-reply, or else the first one named "text" of the page.

const box = () => document.querySelector("textarea[data-reply]") ?? document.querySelector("textarea[name=text]");

function insert(text) {
  const reply = box();
  if (!reply) return;
  const { selectionStart: start, selectionEnd: end, value } = reply;
  const before = start && !/\s$/.test(value.slice(0, start)) ? " " : "";
  const after = value.slice(end) && !/^\s/.test(value.slice(end)) ? " " : "";
  reply.focus();
  reply.setRangeText(before + text + after, start, end, "end");
  // Drafts, counters and the check below hear of it as of any typing.
  reply.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (button) insert(button.dataset.insert);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "words-search") return;
  event.preventDefault();
  document.querySelector("#words-found [data-insert]")?.click();
});

const begin = document.querySelector("[data-begin]")?.dataset.begin;
if (begin && box() && !box().value.trim()) insert(`${begin} `);

let timer = 0;
let asked = "";
document.addEventListener("input", (event) => {
  const place = document.querySelector("[data-said-before]");
  if (!place || event.target !== box()) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const text = box().value.trim();
    if (text.length < 40 || text === asked) return;
    asked = text;
    htmx.ajax("POST", place.dataset.saidBefore, { target: place, swap: "innerHTML", values: { text } });
  }, 1500);
});
