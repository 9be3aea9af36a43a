// The public map. What lies together is gathered by the server; a click on a number goes nearer, and where nothing
// more would part, the orders are named.
import { askJson, layerOf } from "../geography/map_layers.js";

const NAMES_FROM = 12; // further out the numbers cover them
const element = document.querySelector("[data-public-map]");

async function start() {
  const L = window.L;
  const { outline, streets, cases, query, ...words } = element.dataset;
  const map = L.map(element, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, maxZoom: 17 });
  L.control.zoom({ zoomInTitle: words.wordIn, zoomOutTitle: words.wordOut }).addTo(map);
  const district = layerOf(L, await askJson(outline), "outline", words).addTo(map);
  if (district.getLayers().length) map.fitBounds(district.getBounds(), { padding: [8, 8] });
  else map.setView([31.4, 121.4], 11);
  const names = layerOf(L, await askJson(streets), "street", words).addTo(map);
  map.getPane("tooltipPane").style.zIndex = 590; // names of streets beneath the numbers
  names.eachLayer((one) => one.bindTooltip(one.feature.properties.name, { permanent: true, direction: "center", className: "map-name", interactive: false }));
  const showNames = () => element.classList.toggle("map-far", map.getZoom() < NAMES_FROM);
  map.on("zoomend", showNames);
  showNames();
  const note = element.closest(".map-box").querySelector("[data-map-note]");
  note.hidden = !names.getLayers().some((one) => one.feature.properties.illustrative);
  const drawn = L.layerGroup().addTo(map);
  let asked = 0;
  const draw = async () => {
    const mine = ++asked;
    const box = map.getBounds().pad(0.1).toBBoxString();
    const found = await askJson(`${cases}?bbox=${box}&zoom=${Math.round(map.getZoom())}&${query}`);
    if (mine !== asked) return;
    drawn.clearLayers();
    for (const feature of found.features) drawn.addLayer(marker(L, map, feature, words));
  };
  map.on("moveend", () => draw().catch(() => fail(words)));
  await draw();
}

function marker(L, map, { geometry, properties }, words) {
  const [lng, lat] = geometry.coordinates;
  const { count, cases } = properties;
  const size = count === 1 ? 26 : 30 + Math.min(26, Math.round(Math.log2(count) * 4));
  const said = words.wordCount.replace("{count}", count);
  const icon = L.divIcon({ className: "map-cluster", html: String(count), iconSize: [size, size] });
  const pin = L.marker([lat, lng], { icon, title: said, alt: said });
  if (cases) return pin.bindPopup(() => list(cases, count, words));
  return pin.on("click", () => map.setView([lat, lng], Math.min(map.getZoom() + 2, map.getMaxZoom())));
}

function list(cases, count, words) {
  const items = document.createElement("ul");
  items.className = "map-list";
  for (const { title, state, href } of cases) {
    const link = Object.assign(document.createElement("a"), { href, textContent: title });
    const item = items.appendChild(document.createElement("li"));
    item.append(link, ` ${state}`);
  }
  if (count > cases.length) items.append(Object.assign(document.createElement("li"), { textContent: words.wordMore.replace("{count}", count - cases.length) }));
  return items;
}

function fail(words) {
  element.closest(".map-box").querySelector("[data-map-label]").textContent = words.wordFailed;
}

element.closest(".map-box").hidden = false;
start().catch(() => fail(element.dataset));
