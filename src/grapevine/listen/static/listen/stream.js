// The stream: what is new comes in without a reload, copies unfold, and the keys reach what is on the page.
// What the server says is HTML made by us; the only thing asked of it here is where it belongs.

const SETTLED = 120; // pixels from the top within which new posts come in by themselves
const rows = () => document.getElementById("stream-rows");
const items = (root = rows()) => [...(root?.querySelectorAll(":scope > [data-post]") ?? [])];
// Ids are longer than JavaScript's numbers are exact.
const id = (item) => BigInt(item.dataset.post);

let asking = false;
let again = false;
let waiting = [];

async function ask() {
  const place = document.getElementById("stream-live");
  if (!place) return;
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  const url = new URL(place.dataset.address, location.href);
  url.searchParams.set("since", place.dataset.since);
  // What is older than the part on the page has its place further down, where nobody is yet.
  const shown = items();
  if (shown.length && document.querySelector("[data-load-older]")) url.searchParams.set("oldest", shown.at(-1).dataset.post);
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (answer.ok && place.isConnected) {
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-latest]");
      if (piece) {
        place.dataset.since = piece.dataset.latest;
        arrive([...piece.querySelectorAll(":scope > [data-post]")]);
      }
    }
  } catch { /* the next notice asks again */ }
  asking = false;
  if (again) {
    again = false;
    ask();
  }
}

function arrive(fresh) {
  const known = new Set([...items(), ...waiting].map((item) => item.dataset.post));
  waiting.push(...fresh.filter((item) => !known.has(item.dataset.post)));
  if (!waiting.length) return;
  // Nothing may move under somebody who reads further down or has a post in hand.
  const reading = scrollY > SETTLED || rows()?.contains(document.activeElement);
  if (reading) announce();
  else insert();
}

function words(element, count) {
  return count === 1 ? element.dataset.one : element.dataset.many.replace("{n}", count.toLocaleString(document.documentElement.lang));
}

function announce() {
  const button = document.getElementById("stream-new");
  if (!button) return;
  button.textContent = words(button, waiting.length);
  button.hidden = false;
}

function insert() {
  const list = rows();
  if (!list) return;
  const count = waiting.length;
  for (const item of waiting.sort((a, b) => (id(a) < id(b) ? -1 : 1))) {
    const own = document.importNode(item, true);
    own.classList.add("is-new");
    const after = items().find((other) => id(other) < id(own));
    if (after) after.before(own);
    else list.insertBefore(own, document.getElementById("stream-more"));
    window.htmx?.process(own);
  }
  waiting = [];
  document.getElementById("stream-empty")?.remove();
  const button = document.getElementById("stream-new");
  if (button) button.hidden = true;
  const said = document.getElementById("stream-said");
  if (said) said.textContent = words(said, count);
}

// ui/live.js asks the element; it may be replaced with the page's filters, so the document listens.
document.addEventListener("live", (event) => {
  if (event.target.id === "stream-live") ask();
});

// A notice may be lost (a proxy, a sleeping computer, the moment before we could hear): a look now and then costs nearly nothing.
setInterval(() => { if (!document.hidden) ask(); }, 60_000);
setTimeout(ask, 2_000);

document.addEventListener("click", (event) => {
  if (event.target.closest("#stream-new")) {
    insert();
    scrollTo({ top: 0 });
    items()[0]?.querySelector("[data-key-item]")?.focus({ preventScroll: true });
    return;
  }
  const unfold = event.target.closest("[data-unfold]");
  if (unfold && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const target = document.getElementById(unfold.dataset.unfold);
    target.hidden = !target.hidden;
    unfold.setAttribute("aria-expanded", String(!target.hidden));
  }
});

// Enter opens the post that has the focus, as o does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("[data-key-item]")) event.target.querySelector("[data-key-open]")?.click();
});

// j at the end of the list fetches what follows, and goes on there.
document.addEventListener("grapevine:list-end", () => document.querySelector("[data-load-older]")?.click());

// The page's own search is the nearer one: `/` goes there and not into the frame's.
function nearSearch() {
  const own = document.getElementById("stream-q");
  const frame = document.getElementById("side-search");
  if (own && frame) delete frame.dataset.key;
}
nearSearch();

// A watch belongs to one brand: with another brand it has nothing to choose. Before the form sends itself.
document.addEventListener("change", (event) => {
  const watch = document.getElementById("stream-watch");
  if (event.target.id === "stream-brand" && watch) watch.value = "";
}, true);

// Another filter begins anew.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "stream" && event.target?.id !== "stream") return;
  waiting = [];
  nearSearch();
});
