// A form that was too old: back to it, with what was typed and with the token that holds now.
// Browsers bring back what was typed by themselves, but not into fields without autocompletion; so what is sent is kept in this
// tab until the next page has come. No passwords, no files.

const FRESH = "grapevine-fresh-token";
const SENT = "grapevine-sent";
const kept = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button", "hidden"].includes(field.type);
const fields = (form) => [...form.elements].filter(kept);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  const values = fields(form).map((field) => [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]);
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ page: location.pathname, action: form.getAttribute("action") ?? "", values }));
  } catch { /* too much for the browser to keep: then it is as it was without us */ }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-go-back]")) return;
  sessionStorage.setItem(FRESH, document.querySelector('meta[name="csrf-token"]')?.content ?? "");
  history.back();
});

function fill(form, values) {
  const there = fields(form);
  values.forEach(([name, value, checked], place) => {
    const field = there[place];
    if (field?.name !== name) return; // the form has changed since
    if (checked === null) field.value = value;
    else if (field.value === value) field.checked = checked;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

addEventListener("pageshow", () => {
  if (document.querySelector("[data-go-back]")) return;
  const fresh = sessionStorage.getItem(FRESH);
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  sessionStorage.removeItem(FRESH);
  sessionStorage.removeItem(SENT);
  if (!fresh) return;
  document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", fresh);
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = fresh;
  if (sent?.page !== location.pathname) return;
  const form = [...document.forms].find((one) => one.method === "post" && (one.getAttribute("action") ?? "") === sent.action);
  if (form) fill(form, sent.values);
});
