// The map of a case, a form or a list. Finds its element by data-map; needs vendor/leaflet/leaflet.js before it.
// Everything is drawn from our own layers. What the attributes mean stands in jinja2/geography/_map.html.
import { layerOf, askJson } from "./map_layers.js";
import { pickOn } from "./map_pick.js";
import { pointsOn } from "./map_points.js";

const NEAR = 15; // zoom at which one place is shown
const GRIDS_FROM = 13; // zoom from which unit grids can be told apart

export function attach(root) {
  for (const element of root.querySelectorAll("[data-map]:not([data-map-ready])")) {
    element.dataset.mapReady = "";
    start(element).catch((error) => {
      element.closest(".map-box")?.querySelector("[data-map-label]")?.replaceChildren(element.dataset.wordFailed);
      console.error(error);
    });
  }
}

async function start(element) {
  const L = window.L;
  const data = element.dataset;
  const map = L.map(element, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, keyboard: true });
  L.control.zoom({ zoomInTitle: data.wordIn, zoomOutTitle: data.wordOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const outline = await askJson(data.layersOutline);
  tiles(L, map, element, outline.tiles);
  const district = layerOf(L, outline, "outline", data).addTo(map);
  if (district.getLayers().length) map.fitBounds(district.getBounds(), { padding: [8, 8] });
  else map.setView([31.4, 121.4], 10); // nothing loaded yet
  const streets = await streetsOn(L, map, data);
  const note = element.closest(".map-box").querySelector("[data-map-note]");
  note.hidden = !forShow(streets);
  const grids = gridsOn(L, map, data, note);
  if (data.points) await pointsOn(L, map, data.points);
  if (data.pick !== undefined) pickOn(L, map, element, grids);
  else if (data.lng && data.lat) await showPlace(L, map, element, grids);
  if (data.street && !data.lng) {
    const found = streets.getLayers().find((one) => one.feature.properties.code === data.street);
    if (found) map.fitBounds(found.getBounds(), { padding: [8, 8] });
    await grids.show(data.street);
  }
}

const forShow = (layer) => layer.getLayers().some((one) => one.feature.properties.illustrative);

function tiles(L, map, element, offered) {
  const url = element.dataset.tileUrl || offered?.url;
  if (!url) return;
  const attribution = element.dataset.tileAttribution || offered?.attribution || "";
  L.tileLayer(url, { attribution, maxZoom: 19 }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  element.classList.add("map-tiled");
}

async function streetsOn(L, map, data) {
  const streets = layerOf(L, await askJson(data.layersStreets), "street", data).addTo(map);
  streets.eachLayer((one) => {
    const { name, lng, lat } = one.feature.properties;
    // The name stands inside the street; a click leads to the street's page where the page wants that.
    one.bindTooltip(name, { permanent: true, direction: "center", className: "map-name", interactive: false });
    if (lng && lat) one.getCenter = () => L.latLng(lat, lng);
    if (data.areaHref) {
      one.on("click", () => location.assign(data.areaHref.replace("CODE", one.feature.properties.code)));
    }
  });
  return streets;
}

// Unit grids of one street at a time, fetched when they are first needed.
function gridsOn(L, map, data, note) {
  let shown = null;
  let street = "";
  const hideWhenFar = () => {
    if (!shown) return;
    if (map.getZoom() < GRIDS_FROM) shown.remove();
    else shown.addTo(map);
  };
  map.on("zoomend", hideWhenFar);
  return {
    async show(code, gridId = null) {
      if (!code || !data.layersGrids) return;
      if (code !== street) {
        shown?.remove();
        street = code;
        const kind = data.gridKind ? `&kind=${encodeURIComponent(data.gridKind)}` : "";
        const asked = await askJson(`${data.layersGrids}?street=${encodeURIComponent(code)}${kind}`);
        if (code !== street) return; // another street was asked for meanwhile
        shown = layerOf(L, asked, "grid", data);
        note.hidden &&= !forShow(shown);
      }
      hideWhenFar();
      shown.eachLayer((one) => {
        const here = gridId !== null && one.feature.properties.id === gridId;
        one.getElement()?.classList.toggle("map-here", here);
        if (here) one.bringToFront();
      });
    },
  };
}

async function showPlace(L, map, element, grids) {
  const data = element.dataset;
  const place = L.latLng(Number(data.lat), Number(data.lng));
  map.setView(place, NEAR);
  const accuracy = Number(data.accuracy);
  if (accuracy > 0) L.circle(place, { radius: accuracy, className: "map-ring", interactive: false }).addTo(map);
  L.circleMarker(place, { radius: 8, className: "map-pin", interactive: false }).addTo(map);
  if (!data.locateUrl) return;
  const found = await askJson(`${data.locateUrl}?lng=${place.lng}&lat=${place.lat}`);
  await grids.show(found.street?.code, found.grid?.id ?? null);
}

attach(document);
document.addEventListener("htmx:load", (event) => attach(event.detail.elt));
