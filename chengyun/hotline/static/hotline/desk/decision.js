// The decision table: only what the chosen line needs is shown, and a hint is taken by a click.
export function attach(form) {
  const part = form.querySelector("[data-decision]");
  if (!part) return;
  const radios = [...part.querySelectorAll("[name=decision]")];

  function fit() {
    const chosen = radios.find((radio) => radio.checked);
    const needs = new Set((chosen?.dataset.needs || "").split(" "));
    for (const one of part.querySelectorAll("[data-line]")) one.hidden = one.dataset.line !== chosen?.value;
    for (const one of part.querySelectorAll("[data-needs-part]"))
      one.hidden = !needs.has(one.dataset.needsPart) && !one.querySelector("[aria-invalid=true]");
    if (needs.has("merge")) {
      const repeat = form.elements.repeat_of?.closest("details");
      if (repeat) repeat.open = true;
      if (form.elements.repeat_how && !form.elements.repeat_how.value) form.elements.repeat_how.value = "merge";
    }
  }

  part.addEventListener("change", fit);
  form.addEventListener("input", fit);
  form.addEventListener("reset", () => setTimeout(fit));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose-line]");
    const radio = button && radios.find((one) => one.value === button.dataset.chooseLine);
    if (!radio) return;
    part.open = true;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.focus();
  });
  fit();
}
