// A piece that is made anew because something happened elsewhere takes nothing from whoever is at work in it: what they have written and ticked
// and unfolded there, and the focus, are in the new piece as they were in the old. (What they sent themselves is answered as the server says.)

const FIELDS = "input:not([type=hidden], [type=file], [type=submit]), textarea, select";
const FOCUS = "a[href], button, summary, [tabindex], " + FIELDS;

// The same place in a piece before and after: by its id, or by what it is called and the how manieth of these it is within the nearest thing with one.
function name(element, root) {
  if (element.id) return `#${element.id}`;
  let around = element.parentElement;
  while (around && around !== root && !around.id) around = around.parentElement;
  const inside = around ?? root;
  const kind = (one) => [one.localName, one.name ?? "", one.type === "checkbox" || one.type === "radio" ? one.value : "", one.dataset.key ?? ""].join("~");
  const alike = [...inside.querySelectorAll(element.localName)].filter((one) => kind(one) === kind(element));
  return `${inside === root ? "" : inside.id}>${kind(element)}>${alike.indexOf(element)}`;
}
const find = (wanted, root, selector) => [...root.querySelectorAll(selector)].find((one) => name(one, root) === wanted);

function changed(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.localName === "select") return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

const caret = (field) => { try { return [field.selectionStart, field.selectionEnd]; } catch { return null; } };

let held = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const piece = event.detail.target;
  held = null;
  if (!piece || event.detail.requestConfig?.triggeringEvent?.type !== "live") return;
  const active = piece.contains(document.activeElement) && document.activeElement !== piece ? document.activeElement : null;
  held = {
    piece,
    fields: [...piece.querySelectorAll(FIELDS)].filter(changed).map((one) => [name(one, piece), one.value, one.checked]),
    open: [...piece.querySelectorAll("details")].map((one) => [name(one, piece), one.open]),
    active: active && name(active, piece),
    caret: active && caret(active),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!held) return;
  const { piece, fields, open, active, caret: at } = held;
  held = null;
  const now = piece.isConnected ? piece : piece.id && document.getElementById(piece.id);
  if (!now) return;
  for (const [wanted, value, checked] of fields) {
    const field = find(wanted, now, FIELDS);
    if (!field) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
    else field.value = value;
  }
  for (const [wanted, was] of open) {
    const one = find(wanted, now, "details");
    if (one) one.open = was;
  }
  if (!active || (document.activeElement && document.activeElement !== document.body)) return;
  const one = find(active, now, FOCUS);
  one?.focus({ preventScroll: true });
  if (one && at && at[0] !== null) try { one.setSelectionRange(...at); } catch { /* not a field of text */ }
});
