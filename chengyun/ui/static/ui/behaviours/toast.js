// A short sentence in the corner; errors stay until they are closed.
import { word } from "./words.js";

export function toast(sentence, { stays = false } = {}) {
  const place = document.getElementById("toasts");
  if (!place || !sentence) return;
  const line = document.createElement("div");
  line.className = "toast-line";
  const text = document.createElement("span");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = word("close");
  close.addEventListener("click", () => line.remove());
  line.append(text, close);
  place.append(line);
  while (place.children.length > 3) place.firstElementChild.remove();
  if (!stays) setTimeout(() => line.remove(), 6000);
}
