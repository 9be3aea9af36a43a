// What every public page does if there is script: the service worker, the sign of a report that waits, copying,
// and what needs script at all comes out of hiding.
import { kept } from "./keeping.js";

const { worker, wordWaiting, wordOpen, wordOffline, report } = document.body.dataset;

function note(text, href = "", word = "") {
  const line = document.createElement("p");
  line.className = "notice notice-warning";
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (href) line.append(Object.assign(document.createElement("a"), { textContent: word, href, className: "button" }));
  document.querySelector("[data-notes]").append(line);
  return line;
}

async function showWaiting() {
  if (location.pathname !== report && (await kept())) note(wordWaiting, report, wordOpen);
}

function showOffline() {
  let shown = null;
  const look = () => {
    if (navigator.onLine) {
      shown?.remove();
      shown = null;
    } else shown ??= note(wordOffline);
  };
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  look();
}

function copying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("span").textContent = button.dataset.wordCopied;
    });
  }
}

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
document.querySelector("[data-focus]")?.focus();
copying();
showOffline();
showWaiting();
if ("serviceWorker" in navigator && window.isSecureContext)
  navigator.serviceWorker.register(worker, { scope: "/citizen/" }).catch(() => {
    // Without it the pages work as long as there is network.
  });
