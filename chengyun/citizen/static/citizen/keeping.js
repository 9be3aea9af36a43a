// What is kept on this machine: a report that could not be sent, with its photos, until it was; and the words that
// are being typed. Nothing is sent by itself: the citizen opens the form and presses the button.
const STORE = "citizen";
const DAYS = 7;
const DRAFT = "citizen-draft";
const DRAFT_HOURS = 12;
// Who somebody is stays out of the draft: the machine may be shared.
const DRAFTED = ["category", "description", "address", "longitude", "latitude", "accuracy"];
const KEPT = [...DRAFTED, "client_id", "name", "phone", "secret", "still"];

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("reports");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function at(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("reports", mode);
      const asked = act(transaction.objectStore("reports"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export async function keep(form) {
  const data = new FormData(form);
  const said = Object.fromEntries(KEPT.filter((name) => data.has(name)).map((name) => [name, data.get(name)]));
  const photos = data.getAll("photos").filter((file) => file instanceof File && file.size);
  const tokens = data.getAll("photo_tokens");
  await at("readwrite", (store) => store.put({ at: Date.now(), said, photos, tokens }, "unsent"));
}

export async function kept() {
  try {
    const found = await at("readonly", (store) => store.get("unsent"));
    if (found && Date.now() - found.at < DAYS * 24 * 3600 * 1000) return found;
    if (found) await drop();
  } catch {
    // A browser that keeps nothing still reports.
  }
  return null;
}

export async function drop() {
  try {
    await at("readwrite", (store) => store.delete("unsent"));
  } catch {
    // There is nothing to drop where nothing can be kept.
  }
}

export function fill(form, said) {
  for (const [name, value] of Object.entries(said)) {
    if (name === "category") {
      const radio = form.querySelector(`[name=category][value="${CSS.escape(value)}"]`);
      if (radio) radio.checked = true;
    } else if (name === "secret") form.elements.secret.checked = true;
    else if (form.elements[name]) form.elements[name].value = value;
  }
}

export function saveDraft(form) {
  const data = new FormData(form);
  const said = Object.fromEntries(DRAFTED.filter((name) => data.get(name)).map((name) => [name, data.get(name)]));
  try {
    localStorage.setItem(DRAFT, JSON.stringify({ at: Date.now(), said }));
  } catch {
    // Full or forbidden: the words are still on the page.
  }
}

export function draft() {
  try {
    const found = JSON.parse(localStorage.getItem(DRAFT) || "null");
    if (found && Date.now() - found.at < DRAFT_HOURS * 3600 * 1000) return found.said;
    localStorage.removeItem(DRAFT);
  } catch {
    // A damaged draft is no draft.
  }
  return null;
}

export function dropDraft() {
  try {
    localStorage.removeItem(DRAFT);
  } catch {
    // As above.
  }
}
