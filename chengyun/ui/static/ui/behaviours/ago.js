// Keeps "2 小时前" fresh each minute. The server's clock counts: the machine's own may be wrong, so only
// the time since loading is taken from it.
import { word } from "./words.js";

const loaded = performance.now();

function phrase(seconds) {
  if (seconds < 60) return word("agoNow");
  if (seconds < 3600) return word("agoMinute", Math.floor(seconds / 60));
  if (seconds < 86400) return word("agoHour", Math.floor(seconds / 3600));
  return word("agoDay", Math.floor(seconds / 86400));
}

function refresh() {
  const served = Date.parse(document.body.dataset.now || "");
  if (Number.isNaN(served)) return;
  const now = served + (performance.now() - loaded);
  for (const place of document.querySelectorAll("[data-ago]")) {
    const seconds = (now - Date.parse(place.dataset.ago)) / 1000;
    // What lies ahead or is a month old keeps the words of the server.
    if (seconds >= 0 && seconds < 30 * 86400) place.textContent = phrase(seconds);
  }
}

export function once() {
  setInterval(() => {
    if (!document.hidden) refresh();
  }, 60000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
}
