// Alt with a letter goes to a part of the form (data-key="p"); Alt+O opens the call that has waited longest.
export function attach(form) {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.key.length !== 1) return;
    const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
    if (key === "o") {
      const call = document.querySelector(".live-call [data-take-call]");
      if (!call) return;
      event.preventDefault();
      call.click();
      return;
    }
    const part = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!part) return;
    event.preventDefault();
    goTo(part);
  });
}

function goTo(part) {
  if (part.matches("details")) part.open = true;
  const field = part.matches("input, textarea, select")
    ? part
    : part.querySelector("input[type=radio]:checked") || part.querySelector("input:not([type=hidden]), textarea, select");
  field?.focus();
  if (field?.matches("input[type=text], input[type=search]")) field.select();
}
