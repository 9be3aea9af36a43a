// data-copy="text": a click puts the text on the clipboard. Without https browsers refuse; then the old way.
import { toast } from "./toast.js";
import { word } from "./words.js";

function oldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

async function put(text) {
  if (!navigator.clipboard) return oldWay(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldWay(text);
  }
}

export function once() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button && (await put(button.dataset.copy))) toast(word("copied"));
  });
}
