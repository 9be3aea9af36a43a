// Where an address does not name its street surely, the gazetteer's candidates are offered; only a click takes one.
const SURE = 0.5;

export function attach(form) {
  const part = form.querySelector("[data-area-box]");
  if (!part) return;
  const box = part.querySelector("input[name=address]");
  const choices = part.querySelector("[data-area-choices]");
  const area = form.elements.area;
  let asked = "";

  async function offer() {
    const text = box.value.trim();
    if (text === asked) return;
    asked = text;
    area.value = "";
    choices.replaceChildren();
    if (!text) return;
    try {
      const answer = await fetch(`${part.dataset.matchUrl}?address=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      const { matches } = await answer.json();
      if (text !== box.value.trim() || !matches.length || matches[0].confidence >= SURE) return;
      choices.replaceChildren(part.dataset.wordAsk, ...matches.slice(0, 3).map(button));
    } catch {
      // The dispatcher will see that no street is known.
    }
  }

  function button(match) {
    const place = [match.street, match.community].filter(Boolean).join(" · ");
    const take = document.createElement("button");
    take.type = "button";
    take.className = "btn btn-sm";
    take.title = match.why;
    take.textContent = part.dataset.wordTake.replace("{place}", place);
    take.addEventListener("click", () => {
      area.value = match.area_id;
      area.dispatchEvent(new Event("change", { bubbles: true }));
      choices.replaceChildren(part.dataset.wordTaken.replace("{place}", place));
    });
    return take;
  }

  box.addEventListener("change", offer);
}
