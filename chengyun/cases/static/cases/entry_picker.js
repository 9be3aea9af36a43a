// The box of the class: the server sends the list, this chooses from it by mouse or keys.
export function attach(root) {
  for (const picker of root.querySelectorAll("[data-picker]")) start(picker);
}

function start(picker) {
  const box = picker.querySelector("[role=combobox]");
  const list = picker.querySelector("[role=listbox]");
  const key = picker.querySelector("[name=catalogue_key]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const marked = () => list.querySelector("[aria-selected=true]");

  function show(open) {
    list.hidden = !open || !list.children.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) box.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    marked()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    put(option.dataset.key, option.dataset.text);
  }

  function put(value, text) {
    key.value = value;
    box.value = text;
    list.replaceChildren();
    show(false);
    key.dispatchEvent(new Event("change", { bubbles: true }));
    picker.dispatchEvent(new CustomEvent("item:chosen", { bubbles: true, detail: { key: value } }));
  }

  box.addEventListener("input", () => {
    if (key.value) {
      key.value = "";
      key.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  list.addEventListener("htmx:afterSwap", () => show(document.activeElement === box));
  box.addEventListener("blur", () => setTimeout(() => show(false), 150));
  box.addEventListener("focus", () => show(true));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  box.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && !list.hidden && all.length && !event.ctrlKey) take(marked() ?? all[0]);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = all.indexOf(marked());
      mark(all[(from + step + all.length + (from < 0 && step < 0 ? 1 : 0)) % all.length]);
    } else return;
    event.preventDefault();
  });
  // Buttons elsewhere in the form that name an item: favourites and recent ones.
  picker.closest("form")?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick-item]");
    if (button) put(button.dataset.pickItem, button.dataset.text);
  });
}
