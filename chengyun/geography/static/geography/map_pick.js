// Choosing a place: a click on the map and the two inputs say the same, whichever is used. The inputs work by
// keyboard alone and without this script; the server works the grid out again when the form is sent.
import { askJson } from "./map_layers.js";

const NEAR = 15;

export function pickOn(L, map, element, grids) {
  const data = element.dataset;
  const form = element.closest("form") ?? document;
  const named = (name) => (name ? form.querySelector(`[name="${CSS.escape(name)}"]`) : null);
  const lngInput = named(data.lngInput);
  const latInput = named(data.latInput);
  const label = element.closest(".map-box")?.querySelector("[data-map-label]");
  const pin = L.circleMarker([0, 0], { radius: 8, className: "map-pin", interactive: false });
  let asked = 0;

  async function choose(place, { write }) {
    pin.setLatLng(place).addTo(map);
    if (write) {
      put(lngInput, place.lng.toFixed(6));
      put(latInput, place.lat.toFixed(6));
    }
    const mine = ++asked;
    try {
      const found = await askJson(`${data.locateUrl}?lng=${place.lng}&lat=${place.lat}`);
      if (mine !== asked) return; // a later click is already under way
      for (const part of ["street", "community", "grid"]) put(named(data[`${part}Input`]), found[part]?.id ?? "");
      label?.replaceChildren(found.inside ? found.label : data.wordOutside);
      element.dispatchEvent(new CustomEvent("map:placed", { bubbles: true, detail: found }));
      await grids.show(found.street?.code, found.grid?.id ?? null);
    } catch (error) {
      if (mine === asked) label?.replaceChildren(error.message);
    }
  }

  map.on("click", (event) => choose(event.latlng.wrap(), { write: true }));
  const typed = () => {
    const [lng, lat] = [lngInput, latInput].map((input) => (input?.value.trim() ? Number(input.value) : NaN));
    if (!Number.isFinite(lng) || !Number.isFinite(lat) || Math.abs(lat) > 90) return;
    map.setView([lat, lng], Math.max(map.getZoom(), NEAR));
    choose(L.latLng(lat, lng), { write: false });
  };
  for (const input of [lngInput, latInput]) {
    input?.addEventListener("change", (event) => {
      if (!event.fromMap) typed();
    });
  }
  typed();
}

function put(input, value) {
  if (!input || input.value === String(value)) return;
  input.value = value;
  const event = new Event("change", { bubbles: true });
  event.fromMap = true;
  input.dispatchEvent(event);
}
