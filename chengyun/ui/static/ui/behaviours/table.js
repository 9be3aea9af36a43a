// Rows by keyboard (j, k, Enter, x), ticking, the bar for many rows, labels of cells for the phone.
import { all, word } from "./words.js";
import { isTyping } from "./shell.js";

function label(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) =>
    head.classList.contains("select-cell") ? "" : head.textContent.trim(),
  );
  for (const row of table.querySelectorAll("tbody tr"))
    [...row.children].forEach((cell, place) => {
      if (!cell.hasAttribute("data-label")) cell.setAttribute("data-label", heads[place] || "");
    });
}

function ticks(sheet) {
  const boxes = () => [...sheet.querySelectorAll("tbody .select-cell input")];
  const every = sheet.querySelector("[data-select-all]");
  const bar = sheet.querySelector("[data-bulk]");
  let last = null;
  const show = () => {
    const list = boxes();
    const ticked = list.filter((box) => box.checked);
    for (const box of list) box.closest("tr").setAttribute("aria-selected", String(box.checked));
    if (every) {
      every.checked = list.length > 0 && ticked.length === list.length;
      every.indeterminate = ticked.length > 0 && ticked.length < list.length;
    }
    if (bar) {
      bar.hidden = ticked.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = word("selected", ticked.length);
    }
  };
  sheet.addEventListener("click", (event) => {
    const box = event.target.closest("tbody .select-cell input");
    if (!box) return;
    const list = boxes();
    // Shift ticks everything between this row and the one before.
    if (event.shiftKey && last && list.includes(last)) {
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const between of list.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  sheet.addEventListener("change", (event) => {
    if (event.target === every) for (const box of boxes()) box.checked = every.checked;
    show();
  });
  sheet.addEventListener("click", (event) => {
    if (!event.target.closest("[data-bulk-clear]")) return;
    for (const box of boxes()) box.checked = false;
    show();
  });
  show();
}

function go(row) {
  if (!row) return;
  for (const other of row.parentElement.children) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function opened(row) {
  const link = row.querySelector("[data-open]") || row.querySelector("a[href]");
  if (link) link.click();
}

function tick(row) {
  const box = row.querySelector(".select-cell input");
  if (box) box.click();
}

export function attach(root) {
  for (const table of all(root, "table[data-rows]")) label(table);
  for (const sheet of all(root, "[data-sheet]")) if (sheet.querySelector(".select-cell")) ticks(sheet);
}

export function once() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = event.target.closest ? event.target.closest("tr[data-row]") : null;
    const first = document.querySelector("main tr[data-row]");
    if (event.key === "j") go(row ? row.nextElementSibling : first);
    else if (event.key === "k") go(row ? row.previousElementSibling : first);
    else if (event.key === "x" && row) tick(row);
    else if (event.key === "Enter" && event.target === row) opened(row);
    else return;
    event.preventDefault();
  });
}
