// A click on the map fills grid, community and street in words; the server works them out again from the point.
export function attach(form) {
  const list = form.querySelector("[data-placed]");
  if (!list) return;
  form.addEventListener("map:placed", (event) => {
    for (const name of ["street", "community", "grid"])
      list.querySelector(`[data-placed-${name}]`).textContent = event.detail[name]?.name || "–";
    list.hidden = false;
  });
}
