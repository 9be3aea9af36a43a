// Parts of a form that only matter with certain answers: data-show-when="channel=city" or "reached=no,not_needed".
// Without script they are shown.
// Ctrl+Enter presses the first button of a form marked data-send-keys, with Shift the second.
export function attach(root) {
  for (const part of root.querySelectorAll("[data-show-when]")) showWhen(part);
  for (const form of root.querySelectorAll("form[data-send-keys]")) sendKeys(form);
}

function showWhen(part) {
  const form = part.closest("form");
  const [name, values] = part.dataset.showWhen.split("=");
  const wanted = values.split(",");
  const fit = () => {
    const field = form.elements[name];
    const now = field?.type === "checkbox" ? (field.checked ? "on" : "") : field?.value;
    part.hidden = !wanted.includes(now) && !part.querySelector("[aria-invalid=true]");
  };
  form.addEventListener("change", fit);
  form.addEventListener("input", fit);
  form.addEventListener("reset", () => setTimeout(fit));
  fit();
}

function sendKeys(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const buttons = form.querySelectorAll("[data-send]");
    form.requestSubmit(buttons[event.shiftKey ? 1 : 0] ?? buttons[0]);
  });
  // A second press while the first is on its way is not sent; the server would know it by its number anyway.
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}
