// Nothing typed is lost: a form with data-draft keeps its fields in this browser until it was sent with success.
// Kept for one person, at most twelve hours, never for password fields or those marked data-no-draft, and
// dropped at log-out: the machine may be shared.
import { all, kept, word } from "./words.js";

const HOURS = 12;
const PREFIX = "draft:";

function keyOf(form) {
  return `${PREFIX}${document.body.dataset.account || ""}:${form.dataset.draft}`;
}

function keepable(field) {
  return field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.dataset.noDraft;
}

function read(form) {
  const typed = {};
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    const ticked = field.type === "checkbox" || field.type === "radio";
    if (ticked) typed[field.name] = [...(typed[field.name] || []), ...(field.checked ? [field.value] : [])];
    else if (field.multiple) typed[field.name] = [...field.selectedOptions].map((option) => option.value);
    else typed[field.name] = [field.value];
  }
  return typed;
}

function write(form, typed) {
  for (const field of form.elements) {
    const values = keepable(field) ? typed[field.name] : undefined;
    if (!values) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function tell(form, key) {
  const line = document.createElement("p");
  line.className = "draft";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.textContent = word("draftDrop");
  drop.addEventListener("click", () => {
    kept.set(key, null);
    form.reset();
    line.remove();
  });
  line.append(word("draft"), drop);
  form.prepend(line);
}

function restore(form) {
  const key = keyOf(form);
  const before = JSON.stringify(read(form));
  let found = null;
  try {
    found = JSON.parse(kept.get(key) || "null");
  } catch {
    kept.set(key, null);
  }
  // The server's own answer to a wrong form is newer than the draft.
  if (found && !form.querySelector("[data-errors]") && JSON.stringify(found.typed) !== before) {
    write(form, found.typed);
    tell(form, key);
  }
  const keep = (event) => {
    if (!event.isTrusted) return;
    const typed = read(form);
    kept.set(key, JSON.stringify(typed) === before ? null : JSON.stringify({ at: Date.now(), typed }));
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => kept.set("draft-sent", key));
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return; // a fragment inside the form was fetched: nothing was taken
    if (event.detail.successful) kept.set(key, null);
    kept.set("draft-sent", null);
  });
}

function settleLast() {
  // The page after a plain submit: if the same form is not back with errors, it was taken.
  const sent = kept.get("draft-sent");
  if (!sent || document.querySelector("[data-errors], .wrong")) return;
  kept.set(sent, null);
  kept.set("draft-sent", null);
}

function dropOld() {
  for (const key of kept.keys(PREFIX)) {
    let at = 0;
    try {
      at = JSON.parse(kept.get(key)).at;
    } catch {
      at = 0;
    }
    if (Date.now() - at > HOURS * 3600 * 1000) kept.set(key, null);
  }
}

export function once() {
  settleLast();
  dropOld();
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-log-out]")) for (const key of kept.keys(PREFIX)) kept.set(key, null);
  });
}

export function attach(root) {
  for (const form of all(root, "form[data-draft]")) restore(form);
}
