// The watch editor: htmx asks the server while somebody types; this makes the answer felt at the query itself.
//   data-go-to="14"      puts the caret where the fault is (characters from 1, as the server counts them)
//   data-fill="a OR b"   puts an example into the query
// Without this script the form sends itself, and the page shows the same.

const form = document.querySelector("[data-watch-editor]");
const query = document.getElementById("id_query");

// The server counts characters, JavaScript counts UTF-16 units: an emoji is one there and two here.
function unitsBefore(text, characters) {
  let units = 0;
  for (const character of text) {
    if (characters-- <= 0) break;
    units += character.length;
  }
  return units;
}

function goTo(place) {
  const start = unitsBefore(query.value, place - 1);
  query.focus();
  query.setSelectionRange(start, Math.min(query.value.length, start + 1));
}

function fill(text) {
  // Through the browser's own editing, so that Ctrl+Z brings back what stood there.
  query.focus();
  query.select();
  if (!document.execCommand?.("insertText", false, text)) query.value = text;
  htmx.trigger(query, "ask");
}

function mark() {
  const fault = Number(document.getElementById("watch-preview")?.dataset.fault ?? 0);
  if (fault) query.setAttribute("aria-invalid", "true");
  else query.removeAttribute("aria-invalid");
  query.closest(".field")?.classList.toggle("wrong", fault > 0);
  for (const element of document.querySelectorAll("#watch-said [data-needs-js]")) element.hidden = false;
}

if (form && query) {
  for (const element of form.querySelectorAll("[data-without-js]")) element.hidden = true;
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const place = target?.closest("[data-go-to]");
    if (place) goTo(Number(place.dataset.goTo));
    const example = target?.closest("[data-fill]");
    if (example && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      fill(example.dataset.fill);
    }
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector('[name="do"][value="save"]')?.click();
    }
  });
  document.addEventListener("htmx:afterSettle", mark);
  document.addEventListener("htmx:oobAfterSwap", mark);
  mark();
  // What was typed while the page was still loading, or put back by the browser, was heard by nobody.
  const askWhatWasTyped = () => query.value !== query.defaultValue && htmx.trigger(query, "ask");
  if (document.readyState === "complete") askWhatWasTyped();
  else window.addEventListener("load", askWhatWasTyped);
}
