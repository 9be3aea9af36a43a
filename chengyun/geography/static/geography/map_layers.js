// Layers of the map from GeoJSON. What is drawn for show has fainter lines and says 示意.

export async function askJson(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.message || `${url}: ${answer.status}`);
  return said;
}

export function layerOf(L, collection, kind, words) {
  return L.geoJSON(collection, {
    interactive: kind !== "outline",
    style: (feature) => ({
      className: `map-${kind}${feature.properties.illustrative ? " map-illustrative" : ""}`,
    }),
    onEachFeature: (feature, layer) => {
      if (kind === "outline" || kind === "street") return;
      const { name, illustrative } = feature.properties;
      const said = illustrative && !name.includes("示意") ? `${name}（${words.wordIllustrative}）` : name;
      layer.bindTooltip(said, { sticky: true });
    },
  });
}
