// Files go ahead as soon as they are chosen, each with a number of its own so that a retry makes no second one.
// The form waits for those still under way. Without this script they go with the form.
function csrf() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  } catch {
    return "";
  }
}

export function attach(root) {
  for (const part of root.querySelectorAll("[data-uploads]")) start(part);
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages that are not served over HTTPS
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function start(part) {
  const { url, kind, name } = part.dataset;
  const list = part.querySelector("[data-upload-list]");
  const input = part.querySelector("input[type=file]");
  const form = part.closest("form");
  let under = 0;
  let held = null; // the button that was pressed while files were under way

  function line(...parts) {
    const row = document.createElement("li");
    row.append(...parts);
    list.append(row);
    return row;
  }

  function text(words, className = "") {
    return Object.assign(document.createElement("span"), { textContent: words, className });
  }

  function taken(row, said) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: `${name}_ids`, value: said.id });
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: "×" });
    remove.dataset.uploadRemove = "";
    remove.setAttribute("aria-label", `${part.dataset.wordRemove} ${said.name}`);
    const shown = said.thumb
      ? [Object.assign(document.createElement("img"), { src: said.thumb, alt: said.name, width: 96, height: 96 })]
      : [];
    row.replaceChildren(hidden, ...shown, text(said.name), remove);
  }

  async function send(file) {
    const row = line(text(`${part.dataset.wordSending} ${file.name}`));
    const body = new FormData();
    body.append("file", file);
    body.append("kind", kind);
    body.append("client_id", newId());
    under += 1;
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrf() } });
      const said = await answer.json();
      if (answer.ok) taken(row, said);
      else row.replaceChildren(text(said.message, "is-wrong"), again(file, row));
    } catch {
      row.replaceChildren(text(`${file.name}：${part.dataset.wordFailed}`, "is-wrong"), again(file, row));
    }
    under -= 1;
    if (!under && held) {
      const pressed = held;
      held = null;
      form.requestSubmit(pressed);
    }
  }

  function again(file, row) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "↻" });
    button.setAttribute("aria-label", `${part.dataset.wordFailed} ${file.name}`);
    button.addEventListener("click", () => {
      row.remove();
      send(file);
    });
    return button;
  }

  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) send(file);
  });
  list.addEventListener("click", (event) => {
    event.target.closest("[data-upload-remove]")?.closest("li").remove();
  });
  form.addEventListener("submit", (event) => {
    if (!under) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.submitter;
  });
}
