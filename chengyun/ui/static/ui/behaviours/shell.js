// Dark mode, large type, the rail, "/" for the search, "back".
import { kept } from "./words.js";

const root = document.documentElement;

function pressed(selector, on) {
  for (const button of document.querySelectorAll(selector)) button.setAttribute("aria-pressed", String(on));
}

function theme() {
  const show = () => pressed("[data-theme-toggle]", root.dataset.bsTheme === "dark");
  show();
  on("[data-theme-toggle]", () => {
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    kept.set("theme", root.dataset.bsTheme);
    show();
  });
}

function largeType() {
  const show = () => pressed("[data-large-toggle]", root.classList.contains("large"));
  show();
  on("[data-large-toggle]", () => {
    kept.set("large", root.classList.toggle("large") ? "yes" : null);
    show();
  });
}

function rail() {
  const show = () => {
    for (const button of document.querySelectorAll("[data-rail-toggle]"))
      button.setAttribute("aria-expanded", String(!root.classList.contains("rail-narrow")));
  };
  show();
  on("[data-rail-toggle]", () => {
    kept.set("rail", root.classList.toggle("rail-narrow") ? "narrow" : null);
    show();
  });
  on("[data-rail-more]", (button) => {
    button.setAttribute("aria-expanded", String(button.closest(".rail").classList.toggle("is-open")));
  });
}

function on(selector, act) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(selector);
    if (button) act(button);
  });
}

export function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

export function once() {
  theme();
  largeType();
  rail();
  on("[data-back]", () => history.back());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}
