// What happens, without reload. The page says what it wants to hear of:
//   <div data-live="sources" hx-get="…" hx-trigger="live">      asks again when something is said on the channel "sources"
//   data-live-only="source=3"                                     … only when the notice's fact `source` is 3
//   <button data-live="mentions" data-live-new="{n} new" data-live-one="1 new" hidden>   counts instead, and shows itself
// A notice is an event named by its channel, with facts as JSON; its fact `count` says how many. When the stream cannot be
// reached, everything is asked every 15 seconds (a counting button then asks `data-live-poll`, which answers with a number). The element
// [data-live-state] tells which of the two it is.

const address = document.body.dataset.liveAddress;
const state = document.querySelector("[data-live-state]");
const POLL = 15_000;
const PATIENCE = 5_000;
let stream = null;
let polling = 0;
let subscribed = "";

function tell(name) {
  if (!state) return;
  state.dataset.state = name;
  state.textContent = state.dataset[name] ?? "";
}

const listeners = () => [...document.querySelectorAll("[data-live]")];
const channels = () => [...new Set(listeners().flatMap((one) => one.dataset.live.split(/\s+/)))].filter(Boolean).sort();

function concerns(element, channel, data) {
  if (!element.dataset.live.split(/\s+/).includes(channel)) return false;
  const only = element.dataset.liveOnly;
  if (!only) return true;
  return only.split("&").every((pair) => {
    const [name, value] = pair.split("=");
    const fact = data[name];
    return Array.isArray(fact) ? fact.map(String).includes(value) : String(fact ?? "") === value;
  });
}

// What hears of something asks at once (within a moment, so that a hundred open pages don't ask in the same one), and then not again
// before its time is up: a storm of notices is one question at its beginning, one every half second while it lasts, and one at its end.
// An element made anew by its own answer is another one, so the time belongs to what it asks.
const MOMENT = 120;
const SPELL = 500;
const waiting = new Map();
const asked = new Map();
const name = (element) => element.id || element.getAttribute("hx-get") || element;
// While a piece waits for its answer (a slow server takes longer than the spell), what is said meanwhile may be missing in it: it asks once
// more afterwards. Left to htmx, that question would belong to the element that its own answer replaces, and be lost.
const underway = new Set();
const again = new Map();
function ask(element, detail) {
  const key = name(element);
  if (waiting.has(key)) return;
  const rest = Math.max(0, (asked.get(key) ?? -SPELL) + SPELL - performance.now());
  waiting.set(key, setTimeout(() => {
    waiting.delete(key);
    const now = element.isConnected ? element : element.id && document.getElementById(element.id);
    if (!now) return;
    if (document.hidden) {
      now.dataset.liveStale = "yes";
      return;
    }
    delete now.dataset.liveStale;
    if (underway.has(key)) {
      again.set(key, detail);
      return;
    }
    asked.set(key, performance.now());
    window.htmx?.trigger(now, "live", detail);
  }, rest + Math.random() * MOMENT));
}

const piece = (event) => {
  const element = event.detail.requestConfig?.elt;
  return element?.matches?.("[data-live]") && event.detail.requestConfig.triggeringEvent?.type === "live" ? element : null;
};
document.addEventListener("htmx:beforeRequest", (event) => {
  const element = piece(event);
  if (element) underway.add(name(element));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const element = piece(event);
  if (!element) return;
  const key = name(element);
  underway.delete(key);
  if (!again.has(key)) return;
  const detail = again.get(key);
  again.delete(key);
  ask(element, detail);
});

function count(element, number) {
  const total = Number(element.dataset.liveCount ?? 0) + number;
  if (total <= 0) return;
  element.dataset.liveCount = String(total);
  const label = total === 1 ? element.dataset.liveOne ?? element.dataset.liveNew : element.dataset.liveNew;
  (element.querySelector("[data-live-text]") ?? element).textContent = label.replace("{n}", total.toLocaleString(document.documentElement.lang));
  element.hidden = false;
}

function hear(channel, data) {
  for (const element of listeners()) {
    if (!concerns(element, channel, data)) continue;
    if (element.dataset.liveNew) count(element, Number(data.count ?? 1));
    else ask(element, data);
  }
  document.dispatchEvent(new CustomEvent("grapevine:live", { detail: { channel, data } }));
}

async function poll() {
  if (document.hidden) return;
  for (const element of listeners()) {
    if (!element.dataset.liveNew) ask(element, { polled: true });
    else if (element.dataset.livePoll) {
      const answer = await fetch(element.dataset.livePoll, { headers: { "HX-Request": "true" } }).catch(() => null);
      const number = answer?.ok ? Number.parseInt(await answer.text(), 10) : 0;
      if (number > 0) {
        element.dataset.liveCount = "0";
        count(element, number);
      }
    }
  }
}

function fallBack() {
  tell("off");
  if (!polling) polling = setInterval(poll, POLL);
}

function connect() {
  const wanted = channels();
  subscribed = wanted.join(",");
  stream?.close();
  if (!address || !wanted.length) {
    stream = null;
    tell("");
    return;
  }
  tell("connecting");
  const url = new URL(address, location.href);
  url.searchParams.set("channels", subscribed);
  stream = new EventSource(url, { withCredentials: true });
  const impatience = setTimeout(fallBack, PATIENCE);
  stream.addEventListener("open", () => {
    clearTimeout(impatience);
    clearInterval(polling);
    // What was said while we could not hear, be it between the page's making and now, is fetched once.
    poll();
    polling = 0;
    tell("on");
  });
  const said = (event) => {
    let data;
    try { data = JSON.parse(event.data); } catch { return; }
    hear(event.type, data ?? {});
  };
  for (const channel of wanted) stream.addEventListener(channel, said);
  stream.addEventListener("error", () => {
    fallBack();
    // A closed stream was refused: the browser will not try again by itself.
    if (stream?.readyState === EventSource.CLOSED) setTimeout(connect, 4 * POLL);
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const element of document.querySelectorAll("[data-live-stale]")) ask(element, {});
});
document.addEventListener("htmx:afterSettle", () => { if (channels().join(",") !== subscribed) connect(); });
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
connect();
