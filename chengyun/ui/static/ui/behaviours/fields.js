// Text areas grow with their text; filters send themselves; the first wrong field gets the cursor.
import { all } from "./words.js";

function grow(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 480)}px`;
  };
  area.addEventListener("input", fit);
  if (area.value) fit();
}

export function attach(root) {
  for (const area of all(root, "textarea[data-autosize]")) grow(area);
  for (const form of all(root, "form[data-autosubmit]"))
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
    });
  const wrong = root.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus();
}
