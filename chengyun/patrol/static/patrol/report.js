// The place of the telephone: fills the coordinates and how exact they are; the map follows the inputs.
const button = document.querySelector("[data-place-now]");

let measured = ""; // the longitude that the telephone gave

function fill(form, { longitude, latitude, accuracy }) {
  form.elements.accuracy.value = Math.round(accuracy);
  form.elements.longitude.value = longitude.toFixed(6);
  measured = form.elements.longitude.value;
  form.elements.latitude.value = latitude.toFixed(6);
  // One change is enough: the map reads both.
  form.elements.latitude.dispatchEvent(new Event("change", { bubbles: true }));
}

function start(place) {
  const form = place.closest("form");
  const said = form.querySelector("[data-place-said]");
  const { wordAsking, wordFound, wordRefused, wordFailed } = place.dataset;
  place.hidden = false;
  place.addEventListener("click", () => {
    said.replaceChildren(wordAsking);
    place.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        place.disabled = false;
        fill(form, coords);
        said.replaceChildren(wordFound.replace("{metres}", String(Math.round(coords.accuracy))));
      },
      (error) => {
        place.disabled = false;
        said.replaceChildren(error.code === error.PERMISSION_DENIED ? wordRefused : wordFailed);
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 5000 },
    );
  });
  // A point chosen by hand is as exact as the finger: the measured accuracy does not belong to it.
  form.addEventListener("map:placed", () => {
    if (!form.elements.accuracy.value || form.elements.longitude.value === measured) return;
    form.elements.accuracy.value = "";
    said.replaceChildren();
  });
}

if (button && "geolocation" in navigator) start(button);
