// A button with data-fill-field puts data-fill-value into the field of that name, in its own form or the first on
// the page that has one. data-fill-also="name=value" sets further fields (parted by &); data-fill-mode="add" writes
// behind what is there already, unless it is there.
function fieldOf(button, name) {
  const selector = `[name="${CSS.escape(name)}"]`;
  return button.closest("form")?.querySelector(selector) || document.querySelector(selector);
}

function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(button) {
  const field = fieldOf(button, button.dataset.fillField);
  if (!field) return;
  const value = button.dataset.fillValue || "";
  const before = field.value.trim();
  const add = button.dataset.fillMode === "add" && before;
  if (!add) put(field, value);
  else if (!before.includes(value.trim())) put(field, `${before}\n${value}`);
  for (const [name, said] of new URLSearchParams(button.dataset.fillAlso || "")) {
    const other = fieldOf(button, name);
    if (other) put(other, said);
  }
  if (field.type !== "hidden") {
    for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    field.focus();
  }
}

export function once() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill-field]");
    if (button) fill(button);
  });
}
