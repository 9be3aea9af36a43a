// Which columns of a table are shown: a menu made from its head, remembered by this browser per table.
import { all, kept } from "./words.js";

function choose(sheet) {
  const table = sheet.querySelector("table[data-rows]");
  const menu = sheet.querySelector("[data-columns]");
  if (!table || !menu || !menu.hidden) return;
  const key = `columns:${sheet.dataset.sheet}`;
  const away = new Set((kept.get(key) || "").split(",").filter(Boolean));
  const panel = menu.querySelector("[data-columns-panel]");
  [...table.querySelectorAll("thead th")].forEach((head, place) => {
    if (head.hasAttribute("data-fixed") || place === 0) return;
    const hide = `hide-${place + 1}`;
    table.classList.toggle(hide, away.has(head.dataset.col));
    const line = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !away.has(head.dataset.col);
    box.addEventListener("change", () => {
      if (box.checked) away.delete(head.dataset.col);
      else away.add(head.dataset.col);
      table.classList.toggle(hide, !box.checked);
      kept.set(key, away.size ? [...away].join(",") : null);
    });
    line.append(box, head.textContent.trim());
    panel.append(line);
  });
  menu.hidden = panel.children.length === 0;
}

export function attach(root) {
  for (const sheet of all(root, "[data-sheet]")) choose(sheet);
}
