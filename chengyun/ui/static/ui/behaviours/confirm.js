// A dangerous verb asks first: any button or link with data-confirm="what will happen".
let agreed = null;

function ask(trigger) {
  const dialog = document.getElementById("confirm");
  if (!dialog || !dialog.showModal) return;
  dialog.querySelector("[data-confirm-text]").textContent = trigger.dataset.confirm;
  const yes = dialog.querySelector("[data-confirm-yes]");
  const danger = /danger/.test(trigger.className);
  yes.textContent = trigger.textContent.trim();
  yes.classList.toggle("btn-danger", danger);
  yes.classList.toggle("btn-primary", !danger);
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return trigger.focus();
      agreed = trigger;
      trigger.click();
      agreed = null;
    },
    { once: true },
  );
  dialog.showModal();
}

export function once() {
  // In the capture phase, before htmx hears the click.
  document.addEventListener(
    "click",
    (event) => {
      const trigger = event.target.closest("[data-confirm]");
      if (!trigger || trigger === agreed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(trigger);
    },
    true,
  );
}
