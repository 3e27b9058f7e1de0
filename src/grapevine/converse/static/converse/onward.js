// After an answer one is where one was in the list: at the conversation behind the one that was answered, so that the next key goes on from there.

const KEY = "grapevine.onward";
const rows = () => [...document.querySelectorAll("#inbox-rows [data-thread]")];

addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.id !== "answer-form" || event.submitter?.name === "note") return;
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("chosen"));
  const behind = all.slice(at + 1).map((row) => row.dataset.thread);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ left: document.getElementById("thread")?.dataset.thread, behind }));
  } catch { /* private windows forget */ }
});

function taken() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return found;
  } catch {
    return null;
  }
}

function stand(row) {
  for (const one of rows()) one.classList.toggle("is-current", one === row);
}

const open = document.getElementById("thread");
if (document.getElementById("inbox")) {
  const before = taken();
  const chosen = rows().find((row) => row.classList.contains("chosen"));
  if (!before) {
    if (chosen) stand(chosen); // j and k go on from what is open
  } else if (open?.dataset.thread === before.left) {
    const next = before.behind.map((id) => rows().find((row) => row.dataset.thread === id)).find(Boolean) ?? chosen;
    if (next) stand(next);
    if (next?.checkVisibility?.()) next.focus({ preventScroll: true });
    else document.getElementById("thread-title")?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  } else {
    if (chosen) stand(chosen);
    document.getElementById("thread-title")?.focus({ preventScroll: true });
  }
}
