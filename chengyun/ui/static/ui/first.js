// Runs before the first paint (a blocking file, because the policy forbids inline script).
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = {};
  try {
    kept = { theme: localStorage.getItem("theme"), large: localStorage.getItem("large"), rail: localStorage.getItem("rail") };
  } catch (refused) {
    // A browser that keeps nothing still gets the page, in the system's own theme.
  }
  var dark = kept.theme ? kept.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-bs-theme", dark ? "dark" : "light");
  root.classList.add("js");
  if (kept.large === "yes") root.classList.add("large");
  if (kept.rail === "narrow") root.classList.add("rail-narrow");
})();
