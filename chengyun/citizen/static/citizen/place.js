// Where it is: names while the address is typed, the telephone's own position, and the map, which is fetched only
// when it is opened.
export function placeOn(form) {
  names(form.querySelector("[data-address]"));
  telephone(form);
  map(form.querySelector("[data-map-fold]"));
}

function names(box) {
  const input = box.querySelector("input");
  const lines = box.querySelector("datalist");
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return;
    timer = setTimeout(async () => {
      const url = `${box.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(url).catch(() => null);
      if (!answer?.ok) return;
      const { suggestions } = await answer.json();
      lines.replaceChildren(...suggestions.map(({ label }) => Object.assign(document.createElement("option"), { value: label })));
    }, 200);
  });
}

function telephone(form) {
  const button = form.querySelector("[data-place-now]");
  const said = form.querySelector("[data-place-said]");
  if (!("geolocation" in navigator)) {
    button.hidden = true;
    return;
  }
  const { wordAsking, wordFound, wordRefused, wordFailed } = button.dataset;
  let measured = "";
  button.addEventListener("click", () => {
    said.textContent = wordAsking;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        form.elements.accuracy.value = Math.round(coords.accuracy);
        form.elements.longitude.value = measured = coords.longitude.toFixed(6);
        form.elements.latitude.value = coords.latitude.toFixed(6);
        form.elements.latitude.dispatchEvent(new Event("change", { bubbles: true }));
        said.textContent = wordFound.replace("{metres}", String(Math.round(coords.accuracy)));
      },
      (error) => {
        button.disabled = false;
        said.textContent = error.code === error.PERMISSION_DENIED ? wordRefused : wordFailed;
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 5000 },
    );
  });
  // A point chosen by hand is as exact as the finger: the measured accuracy does not belong to it.
  form.addEventListener("map:placed", () => {
    if (form.elements.longitude.value !== measured) form.elements.accuracy.value = "";
  });
}

function map(fold) {
  const start = async () => {
    if (!fold.open || !fold.querySelector("[data-map-later]")) return;
    const element = fold.querySelector("[data-map-later]");
    delete element.dataset.mapLater;
    const { leaflet, leafletStyle, mapStyle, mapScript } = fold.dataset;
    await Promise.all([style(leafletStyle), style(mapStyle), script(leaflet)]);
    element.dataset.map = "";
    (await import(mapScript)).attach(fold);
  };
  fold.addEventListener("toggle", start);
  start();
}

function style(href) {
  return added(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

function script(src) {
  return window.L ? Promise.resolve() : added(Object.assign(document.createElement("script"), { src }));
}

function added(element) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}
