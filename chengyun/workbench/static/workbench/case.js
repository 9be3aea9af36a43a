// The case page: keys for the verbs, boxes that narrow long lists, answers of forms that were refused.
import * as when from "../cases/entry_when.js";
const place = () => document.getElementById("verb-form");
const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && place().contains(event.target)) return close();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const verbs = document.querySelector("[data-verbs]");
  if (!verbs) return;
  const wanted = event.key === "a" ? verbs.querySelector(".verb-primary [data-key]") : verbs.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

let openedBy = null;

function close() {
  place().replaceChildren();
  if (openedBy && openedBy.isConnected) openedBy.focus();
}

document.addEventListener("click", (event) => {
  const verb = event.target.closest("[data-verbs] [data-key]");
  if (verb) openedBy = verb;
  if (event.target.closest("[data-verb-close]") && openedBy) {
    event.preventDefault();
    close();
  }
  const pick = event.target.closest("[data-pick]");
  if (pick) {
    const field = document.getElementById(pick.dataset.pickInto);
    field.value = pick.dataset.pick;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

function narrowSelect(select, text) {
  let first = null;
  for (const option of select.options) {
    const fits = !option.value || option.text.includes(text);
    option.hidden = !fits;
    if (fits && option.value && !first) first = option;
  }
  for (const group of select.querySelectorAll("optgroup")) group.hidden = ![...group.children].some((option) => !option.hidden);
  if (text && first && (!select.value || select.selectedOptions[0].hidden)) select.value = first.value;
}

function narrowTicks(list, text) {
  for (const label of list.querySelectorAll("label")) label.hidden = !label.textContent.includes(text) && !label.querySelector(":checked");
}

document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-narrow]");
  if (!box) return;
  const list = document.getElementById(box.dataset.narrow);
  const text = box.value.trim();
  if (list.matches("select")) narrowSelect(list, text);
  else narrowTicks(list, text);
});

document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-narrow]");
  if (!box || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  const list = document.getElementById(box.dataset.narrow);
  (list.matches("select") ? list : list.querySelector("label:not([hidden]) input") || list).focus();
});

// A refused step answers with the same form and the reason; it belongs on the page, not into a toast.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (event.detail.target !== place() || ![400, 403, 409, 422].includes(status)) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

// On a phone the form opens above the list of verbs: bring it into sight.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== place()) return;
  when.attach(place());
  place().scrollIntoView({ block: "nearest" });
});
when.attach(place());
