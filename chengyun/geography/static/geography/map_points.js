// Many points on one map: those that would lie on each other are drawn as one with a count, which opens.
import { askJson } from "./map_layers.js";

const CELL = 44; // pixels: as large as a finger
const MEANINGS = new Set(["calm", "due-soon", "overdue", "good", "stopped"]);

// `url` answers a FeatureCollection of points; properties: title, and if wanted href and meaning.
export async function pointsOn(L, map, url) {
  const { features } = await askJson(url);
  const drawn = L.layerGroup().addTo(map);
  const redraw = () => {
    drawn.clearLayers();
    for (const bunch of bunches(map, features)) drawn.addLayer(bunch.length === 1 ? point(L, bunch[0]) : cluster(L, map, bunch));
  };
  map.on("zoomend", redraw);
  redraw();
}

function bunches(map, features) {
  const cells = new Map();
  for (const feature of features) {
    const [lng, lat] = feature.geometry.coordinates;
    const { x, y } = map.project([lat, lng]);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(feature);
  }
  return cells.values();
}

function point(L, feature) {
  const [lng, lat] = feature.geometry.coordinates;
  const { meaning } = feature.properties;
  const known = MEANINGS.has(meaning) ? ` map-point-${meaning}` : "";
  return L.circleMarker([lat, lng], { radius: 7, className: `map-point${known}` }).bindPopup(() => list([feature]));
}

function cluster(L, map, bunch) {
  const places = bunch.map(({ geometry: { coordinates } }) => L.latLng(coordinates[1], coordinates[0]));
  const bounds = L.latLngBounds(places);
  const size = 26 + Math.min(18, bunch.length);
  const icon = L.divIcon({ className: "map-cluster", html: String(bunch.length), iconSize: [size, size] });
  const marker = L.marker(bounds.getCenter(), { icon, title: String(bunch.length), alt: String(bunch.length) });
  // On one spot, or as near as the map goes, zooming in would not part them: list them instead.
  const together = bounds.getNorthEast().distanceTo(bounds.getSouthWest()) < 5;
  if (together || map.getZoom() >= map.getMaxZoom()) return marker.bindPopup(() => list(bunch));
  return marker.on("click", () => map.fitBounds(bounds, { padding: [40, 40] }));
}

function list(features) {
  const items = document.createElement("ul");
  for (const { properties } of features.slice(0, 20)) {
    const item = items.appendChild(document.createElement("li"));
    const line = item.appendChild(document.createElement(properties.href ? "a" : "span"));
    line.textContent = properties.title;
    if (properties.href) line.href = properties.href;
  }
  return items;
}
