// The form of a report: what is known nearby, codes, and sending it so that a lost connection loses nothing. The
// form's own number makes a second sending harmless.
import { drop, draft, dropDraft, fill, keep, kept, saveDraft } from "./keeping.js";
import { photosOn, put } from "./photos.js";
import { placeOn } from "./place.js";

const PATIENCE = 90_000; // milliseconds: photos over a slow network take long

function start() {
  const form = document.querySelector("form[data-report]");
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  placeOn(form);
  nearby(form);
  codes(form);
  form.addEventListener("submit", (event) => send(event, form));
  form.addEventListener("input", () => saveDraft(form));
  return form;
}

function nearby(form) {
  const shown = document.getElementById("near");
  let timer = 0;
  let asked = 0;
  const look = async () => {
    if (form.querySelector(".near[role=alert]")) return; // the server's own question stands above already
    const mine = ++asked;
    const said = new FormData();
    for (const name of ["csrfmiddlewaretoken", "longitude", "latitude", "address"]) said.set(name, form.elements[name].value);
    said.set("category", form.querySelector("[name=category]:checked")?.value ?? "");
    const answer = await fetch(form.dataset.nearby, { method: "POST", body: said }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.body.childNodes);
  };
  form.addEventListener("change", (event) => {
    if (!["longitude", "latitude", "address", "category"].includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, 300);
  });
}

function codes(form) {
  const button = form.querySelector("[data-send-code]");
  const said = form.querySelector("[data-code-said]");
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "phone"]) body.set(name, form.elements[name].value);
    const answer = await fetch(form.dataset.code, { method: "POST", body }).catch(() => null);
    const { message } = (await answer?.json().catch(() => null)) ?? { message: form.dataset.wordFailed };
    said.textContent = message;
    setTimeout(() => (button.disabled = false), answer?.ok ? 60_000 : 3_000);
    if (answer?.ok) form.elements.code.focus();
  });
}

let sending = false;

async function send(event, form) {
  const { submitter } = event;
  if (submitter?.hasAttribute("formaction")) return; // 我也遇到 goes its own way
  event.preventDefault();
  if (sending) return;
  sending = true;
  const said = form.querySelector("[data-send-said]");
  said.textContent = form.dataset.wordSending;
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: patience.signal });
    await taken(answer, form);
  } catch {
    await keepIt(form, said);
  } finally {
    clearTimeout(timer);
    sending = false;
  }
}

async function taken(answer, form) {
  if (answer.redirected && answer.ok) {
    await drop();
    dropDraft();
    location.assign(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("form[data-report]") && page.querySelector("main");
  if (!main) {
    form.querySelector("[data-send-said]").textContent = page.querySelector(".lead, .wrong p")?.textContent.trim() || form.dataset.wordFailed;
    return;
  }
  // Refused before it was read: the photos were not taken, so they stay chosen.
  const files = answer.status === 403 ? [...form.elements.photos.files] : [];
  document.querySelector("main").replaceWith(main);
  if (files.length) put(main.querySelector("[name=photos]"), files);
  photosOn(main);
  start();
  (main.querySelector("[data-focus]") ?? main).focus();
}

async function keepIt(form, said) {
  try {
    await keep(form);
    said.textContent = form.dataset.wordKept;
  } catch {
    said.textContent = form.dataset.wordFailed;
  }
}

async function restore(form) {
  if (document.querySelector("[data-errors]")) return;
  const found = await kept();
  const notice = document.querySelector("[data-kept]");
  if (found) {
    fill(form, found.said);
    if (found.photos.length) {
      put(form.elements.photos, found.photos);
      form.elements.photos.dispatchEvent(new Event("change"));
    }
    for (const value of found.tokens)
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "photo_tokens", value }));
    notice.hidden = false;
    notice.querySelector("[data-kept-drop]").addEventListener("click", async () => {
      await drop();
      dropDraft();
      location.assign(form.action);
    });
    return;
  }
  const words = draft();
  if (words && !form.elements.description.value) fill(form, words);
}

restore(start());
