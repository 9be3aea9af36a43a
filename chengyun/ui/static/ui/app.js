// Starts every behaviour. A behaviour finds its elements by a data attribute, on the page and in every
// fragment that htmx brings; the page works without any of them.
import * as ago from "./behaviours/ago.js";
import * as confirm from "./behaviours/confirm.js";
import * as copy from "./behaviours/copy.js";
import * as draft from "./behaviours/draft.js";
import * as failures from "./behaviours/failures.js";
import * as fields from "./behaviours/fields.js";
import * as menus from "./behaviours/menus.js";
import * as print from "./behaviours/print.js";
import * as shell from "./behaviours/shell.js";
import * as columns from "./behaviours/columns.js";
import * as table from "./behaviours/table.js";

const behaviours = [shell, menus, table, columns, fields, print, draft, confirm, copy, ago, failures];

// What few pages need is fetched when the first element that asks for it appears. ``data-will-fill`` marks a part
// whose buttons come later: the first click on one must not come before its behaviour.
const seldom = new Map([
  ["[data-fill-field], [data-will-fill]", () => import("./behaviours/fill.js")],
  ["[data-live-url]", () => import("./behaviours/live.js")],
]);

function begin(behaviour) {
  if (behaviour.once) behaviour.once();
  if (behaviour.attach) behaviour.attach(document);
}

function fetchSeldom() {
  for (const [selector, fetched] of seldom) {
    if (!document.querySelector(selector)) continue;
    seldom.delete(selector);
    fetched().then((behaviour) => {
      behaviours.push(behaviour);
      begin(behaviour);
    });
  }
}

behaviours.forEach(begin);
fetchSeldom();
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt === document.body) return;
  for (const behaviour of behaviours) if (behaviour.attach) behaviour.attach(event.detail.elt);
  fetchSeldom();
});
