// The workbench's form: shows the knobs of the chosen model and the fields of the chosen rule, and finds people by their handle.
// Without this module everything stands open, and people are named a line each.

const form = document.querySelector("[data-bench]");

function show(part, is) {
  part.hidden = !is;
}

function models() {
  const chosen = form.querySelector("[data-model]")?.value;
  for (const one of form.querySelectorAll("[data-knobs]")) show(one, one.dataset.knobs === chosen);
}

// A name that nobody wrote follows who begins and how many; it is shown where it would be written.
function named(scenario) {
  const rule = scenario.querySelector("[data-rule]");
  const field = scenario.querySelector("[data-called]");
  if (!rule || !field) return;
  const count = scenario.querySelector("input[type=number]")?.value;
  const counted = count && !scenario.querySelector("[data-for~=advice]").hidden;
  const label = rule.value ? rule.selectedOptions[0].textContent.trim() : "";
  field.placeholder = label && counted ? `${label} (${count})` : label;
}

function rules(scenario) {
  const chosen = scenario.querySelector("[data-rule]")?.value;
  for (const one of scenario.querySelectorAll("[data-for]")) show(one, one.dataset.for.split(" ").includes(chosen));
  named(scenario);
}

async function find(box) {
  const words = box.querySelector("input").value.trim();
  const place = box.querySelector("[aria-live]");
  if (words.length < 2) {
    place.replaceChildren();
    return;
  }
  const network = form.querySelector("[name=network]").value;
  const answer = await fetch(`${form.dataset.people}?${new URLSearchParams({ network, q: words })}`, { headers: { "HX-Request": "true" } });
  // What comes is our own piece of a page, in which names are escaped; a later question may have overtaken it.
  if (answer.ok && box.querySelector("input").value.trim() === words) {
    const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...piece.body.childNodes);
  }
}

function take(button) {
  const field = button.closest("[data-for]").querySelector("textarea");
  const lines = field.value.split("\n").filter((line) => line.trim());
  if (!lines.includes(button.dataset.line)) lines.push(button.dataset.line);
  field.value = `${lines.join("\n")}\n`;
  button.disabled = true;
}

if (form) {
  models();
  for (const scenario of form.querySelectorAll("[data-scenario]")) rules(scenario);
  for (const box of form.querySelectorAll("[data-find]")) {
    box.hidden = false;
    let waiting;
    box.querySelector("input").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => find(box), 250);
    });
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-model]")) models();
    if (event.target.matches("[data-rule]")) rules(event.target.closest("[data-scenario]"));
  });
  form.addEventListener("input", (event) => {
    const scenario = event.target.closest("[data-scenario]");
    if (scenario && event.target.type === "number") named(scenario);
  });
  form.addEventListener("keydown", (event) => {
    // Enter in the search box looks for people; it doesn't send the form.
    if (event.key === "Enter" && event.target.matches("[data-find] input")) {
      event.preventDefault();
      find(event.target.closest("[data-find]"));
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    if (button) take(button);
  });
}
