// Starts every behaviour. A behaviour finds its elements by a data attribute, on the page and in every
// fragment that htmx brings; the page works without any of them.
import * as ago from "./behaviours/ago.js";
import * as confirm from "./behaviours/confirm.js";
import * as copy from "./behaviours/copy.js";
import * as draft from "./behaviours/draft.js";
import * as failures from "./behaviours/failures.js";
import * as fields from "./behaviours/fields.js";
import * as fill from "./behaviours/fill.js";
import * as live from "./behaviours/live.js";
import * as menus from "./behaviours/menus.js";
import * as print from "./behaviours/print.js";
import * as shell from "./behaviours/shell.js";
import * as columns from "./behaviours/columns.js";
import * as table from "./behaviours/table.js";

const behaviours = [shell, menus, table, columns, fields, fill, print, draft, confirm, copy, ago, live, failures];

for (const behaviour of behaviours) {
  if (behaviour.once) behaviour.once();
  if (behaviour.attach) behaviour.attach(document);
}
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt === document.body) return;
  for (const behaviour of behaviours) if (behaviour.attach) behaviour.attach(event.detail.elt);
});
