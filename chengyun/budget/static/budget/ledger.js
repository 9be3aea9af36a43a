// data-ledger: an amount is saved when the cursor leaves it; the sums above it and the balance follow. Without
// this script the form saves all amounts with its button.
const form = document.querySelector("[data-ledger]");

function fault(field, sentence) {
  let line = field.parentElement.querySelector(".amount-fault");
  if (!sentence) {
    if (line) line.remove();
    field.removeAttribute("aria-invalid");
    return;
  }
  if (!line) {
    line = document.createElement("span");
    line.className = "amount-fault";
    line.setAttribute("role", "alert");
    field.parentElement.append(line);
  }
  line.textContent = sentence;
  field.setAttribute("aria-invalid", "true");
}

function show(said) {
  for (const cell of form.querySelectorAll("[data-cell]")) {
    const text = said.cells[cell.dataset.cell];
    if (text !== undefined) cell.textContent = text;
  }
  for (const balance of form.querySelectorAll("[data-balance]")) {
    balance.classList.toggle("is-good", said.balanced);
    balance.classList.toggle("is-overdue", !said.balanced);
  }
  for (const word of form.querySelectorAll("[data-when]")) word.hidden = (word.dataset.when === "balanced") !== said.balanced;
}

async function save(field) {
  const name = field.name;
  const seen = form.elements[`seen-${name}`];
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set(name, field.value);
  body.set(`seen-${name}`, seen.value);
  const words = document.getElementById("words").dataset;
  let said;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) throw new Error(String(answer.status));
    said = await answer.json();
  } catch (error) {
    fault(field, error instanceof TypeError ? words.network : words.failed);
    return;
  }
  const kept = said.fields[name];
  if (kept) {
    seen.value = kept.seen;
    if (document.activeElement !== field) field.value = kept.value === "0.00" ? "" : kept.value;
    field.classList.add("saved");
    const undo = document.querySelector("[data-undo]");
    if (undo) undo.disabled = false;
  }
  fault(field, said.faults[name] || "");
  show(said);
}

// One after another, so that answers come in the order of the typing.
let waiting = Promise.resolve();
if (form) {
  form.addEventListener("change", (event) => {
    if (!event.target.matches(".amount")) return;
    const field = event.target;
    waiting = waiting.then(() => save(field));
  });
  // Enter goes to the next amount, as in a spreadsheet.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".amount")) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(".amount")];
    const next = fields[fields.indexOf(event.target) + 1];
    if (next) next.focus();
    else event.target.blur();
  });
}
