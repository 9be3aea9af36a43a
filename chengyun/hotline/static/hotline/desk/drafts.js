// What stands in the form is kept on the server under the form's own number, beside the copy in this browser.
const WAIT = 1500;
const AGAIN = 10000;
const KEY = "desk-form";

export function attach(form) {
  const number = form.elements.client_id;
  const said = form.querySelector("[data-draft-said]");
  let timer = 0;
  let changed = false;
  let sent = false;

  goOnWithOwnCopy();

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  async function keep({ leaving = false } = {}) {
    if (!changed || sent) return;
    changed = false;
    const body = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file]")) body.delete(field.name);
    try {
      // A request that outlives its page may hold 64 kB at most; a longer text was kept while it was typed.
      const answer = await fetch(form.dataset.keepUrl, {
        method: "POST",
        body: new URLSearchParams(body),
        keepalive: leaving && size(body) < 60000,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? (await answer.json()).message : "";
      if (!answer.ok && !told) throw new Error(String(answer.status));
      said.textContent = told;
      said.classList.toggle("is-overdue", !answer.ok);
      if (answer.ok) remember();
    } catch {
      changed = true;
      said.textContent = form.dataset.wordLost;
      said.classList.add("is-overdue");
      plan(AGAIN);
    }
  }

  // The copy in this browser was put back into a form with a new number: it goes on under its old one, so that
  // one order has one draft.
  function goOnWithOwnCopy() {
    const kept = stored();
    const restored = form.querySelector(":scope > p.draft");
    if (!restored) {
      if (kept && !new URLSearchParams(location.search).has("draft")) store(null);
      return;
    }
    if (kept) {
      number.value = kept;
      document.querySelector(`[data-draft-of="${CSS.escape(kept)}"]`)?.remove();
    }
    changed = true;
    plan(WAIT);
  }

  function remember() {
    store(number.value);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    plan(WAIT);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    plan(WAIT);
  });
  form.addEventListener("reset", () => {
    changed = false;
    clearTimeout(timer);
    const body = new URLSearchParams({
      client_id: number.value,
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    fetch(form.dataset.dropUrl, { method: "POST", body, headers: { "X-Background": "1" } }).catch(() => {});
    store(null);
    said.textContent = "";
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) keep({ leaving: true });
  });
  window.addEventListener("pagehide", () => keep({ leaving: true }));
  window.addEventListener("online", () => plan(0));
}

function size(body) {
  let all = 0;
  for (const [name, value] of body) all += name.length + String(value).length * 9;
  return all;
}

function stored() {
  try {
    return localStorage.getItem(owned());
  } catch {
    return null;
  }
}

function store(value) {
  try {
    if (value) localStorage.setItem(owned(), value);
    else localStorage.removeItem(owned());
  } catch {
    // A browser that keeps nothing still has the copy on the server.
  }
}

function owned() {
  return `${KEY}:${document.body.dataset.account || ""}`;
}
