// Small pictures of the photos that were chosen, and taking one away again. Without script they go with the form.
export function photosOn(root) {
  for (const box of root.querySelectorAll("[data-photos]")) start(box);
}

function start(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-photo-list]");
  const show = () => {
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    list.replaceChildren(...[...input.files].map((file, place) => line(box, input, file, place)));
    const there = box.querySelectorAll("[name=photo_tokens]").length + input.files.length;
    const many = there > Number(box.dataset.most);
    if (many) list.append(said(box.dataset.wordMany.replace("{most}", box.dataset.most)));
    list.hidden = !input.files.length;
  };
  input.addEventListener("change", show);
  show();
}

function line(box, input, file, place) {
  const item = document.createElement("li");
  const image = Object.assign(document.createElement("img"), { width: 96, height: 96, alt: file.name });
  image.src = URL.createObjectURL(file);
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
  remove.textContent = box.dataset.wordRemove;
  remove.setAttribute("aria-label", `${box.dataset.wordRemove} ${file.name}`);
  remove.addEventListener("click", () => {
    put(input, [...input.files].filter((_one, at) => at !== place));
    input.dispatchEvent(new Event("change"));
    input.focus();
  });
  item.append(image, remove);
  return item;
}

function said(text) {
  return Object.assign(document.createElement("li"), { textContent: text, className: "wrong-field" });
}

export function put(input, files) {
  const box = new DataTransfer();
  for (const file of files) box.items.add(file);
  input.files = box.files;
}

photosOn(document);
