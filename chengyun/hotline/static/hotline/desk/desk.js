// The intake screen. Each behaviour finds its element by a data attribute; without script the form works as it is.
import * as area from "./area.js";
import * as decision from "./decision.js";
import * as drafts from "./drafts.js";
import * as keys from "./keys.js";
import * as placed from "./placed.js";

for (const form of document.querySelectorAll("form[data-desk]"))
  for (const behaviour of [drafts, keys, decision, area, placed]) behaviour.attach(form);

// Answers of the knowledge base are looked for by the title.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.matches("[data-title-as-text]"))
    event.detail.parameters.text = document.getElementById("id_title").value;
});
