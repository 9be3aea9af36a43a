// data-live-url: fetches the same fragment again (every data-live-every seconds, 30 if not said). Slower when the
// server is slow, asleep while the page is hidden or somebody works inside the fragment, and says when it is old.
import { all, word } from "./words.js";

// X-Background: an unattended screen does not count as somebody at work, so its session still ends.
const HEADERS = { "HX-Request": "true", "X-Background": "1" };

function follow(part) {
  const every = Math.max(Number(part.dataset.liveEvery) || 30, 2) * 1000;
  let wait = every;
  let fetchedAt = performance.now();
  let timer = null;
  const plan = () => {
    timer = setTimeout(step, wait);
  };
  const busy = () =>
    document.hidden ||
    part.querySelector("input:checked, details[data-menu][open]") ||
    (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, tr"));
  async function step() {
    if (!part.isConnected) return;
    if (busy()) return plan();
    const began = performance.now();
    try {
      const answer = await fetch(part.dataset.liveUrl, { headers: HEADERS, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const text = await answer.text();
      if (!busy()) show(text);
      const took = performance.now() - began;
      fetchedAt = performance.now();
      // An answer of two seconds means a server in trouble: ask ten times its own time later.
      wait = Math.max(every, took * 10);
    } catch {
      wait = Math.min(wait * 2, 300000);
      late();
    }
    plan();
  }
  function show(text) {
    part.innerHTML = text;
    if (window.htmx) window.htmx.process(part);
    part.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: part } }));
  }
  function late() {
    let line = part.querySelector(".live-late");
    if (!line) {
      line = document.createElement("p");
      line.className = "live-late";
      line.setAttribute("role", "status");
      part.prepend(line);
    }
    line.textContent = word("staleLive", Math.max(Math.round((performance.now() - fetchedAt) / 60000), 1));
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !part.isConnected) return;
    clearTimeout(timer);
    wait = every;
    step();
  });
  plan();
}

const followed = new WeakSet();

export function attach(root) {
  for (const part of all(root, "[data-live-url]")) {
    if (followed.has(part)) continue;
    followed.add(part);
    follow(part);
  }
}
