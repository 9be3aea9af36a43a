// Audit and callback by keyboard: a key presses what carries data-key; r opens the grounds for sending back.
const typing = (target) => target.closest("textarea, select, input:not([type=checkbox], [type=radio]), dialog");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const grounds = document.querySelector("[data-grounds]");
  if (event.key === "r" && grounds) {
    event.preventDefault();
    grounds.open = true;
    grounds.querySelector("input").focus();
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});
