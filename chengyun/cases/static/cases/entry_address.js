// The address box: lines of the gazetteer while somebody types, and what the whole was understood as.
const SURE = 0.5;

async function ask(url, name, text) {
  const answer = await fetch(`${url}?${name}=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function attach(root) {
  for (const part of root.querySelectorAll("[data-address]")) start(part);
}

function start(part) {
  const box = part.querySelector("input");
  const lines = part.querySelector("datalist");
  const said = part.querySelector("[data-address-said]");
  let timer = 0;

  async function suggest() {
    const text = box.value.trim();
    if (text.length < 2) return;
    try {
      const { suggestions } = await ask(part.dataset.suggestUrl, "q", text);
      lines.replaceChildren(...suggestions.map((line) => Object.assign(document.createElement("option"), { value: line.label })));
    } catch {
      // Without lines the box is still a box.
    }
  }

  async function understand() {
    const text = box.value.trim();
    if (!text) return said.replaceChildren();
    try {
      const [best] = (await ask(part.dataset.matchUrl, "address", text)).matches;
      const place = best ? [best.street, best.community].filter(Boolean).join(" · ") : "";
      const word = !best ? part.dataset.wordNone : best.confidence >= SURE ? part.dataset.word : part.dataset.wordUnsure;
      said.replaceChildren(word.replace("{place}", place));
    } catch {
      said.replaceChildren();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  box.addEventListener("change", understand);
  if (box.value) understand();
}
