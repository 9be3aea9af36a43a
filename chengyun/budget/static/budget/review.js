// The report of a checked budget: from a finding to its place in the document and back, by click and by keyboard.
const report = document.querySelector("[data-report]");

const findings = () => [...report.querySelectorAll("[data-finding]")];
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
let current = null;

function light(finding) {
  for (const place of report.querySelectorAll(".related, .current-place")) place.classList.remove("related", "current-place");
  if (current) current.classList.remove("current");
  current = finding;
  if (!finding) return;
  finding.classList.add("current");
  for (const id of finding.dataset.related.split(" ")) {
    if (id) document.getElementById(id)?.classList.add("related");
  }
}

function show(element) {
  element.scrollIntoView({ block: "center", inline: "nearest" });
}

function toPlace(finding, id = finding.dataset.mark) {
  const place = id && document.getElementById(id);
  if (!place) return;
  light(finding);
  place.classList.add("current-place");
  show(place);
  // The number beside the place takes the focus, so that Enter leads back.
  place.querySelector(".mark-key")?.focus({ preventScroll: true });
}

function toFinding(finding) {
  light(finding);
  show(finding);
  finding.querySelector("[data-go]").focus({ preventScroll: true });
  const place = finding.dataset.mark && document.getElementById(finding.dataset.mark);
  if (place && matchMedia("(min-width: 1100px)").matches) {
    place.classList.add("current-place");
    show(place);
  }
}

function step(by) {
  const all = findings();
  const at = all.indexOf(current);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next) toFinding(next);
}

report.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  const id = link.getAttribute("href").slice(1);
  const finding = link.closest("[data-finding]");
  if (finding) {
    event.preventDefault();
    toPlace(finding, id);
  } else if (link.classList.contains("mark-key")) {
    const target = document.getElementById(id);
    if (!target) return; // filtered out of the list
    event.preventDefault();
    toFinding(target);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "Escape" && current) {
    toFinding(current);
  }
});

// After an answer has taken a finding's place, go on from there.
document.addEventListener("htmx:afterSwap", (event) => {
  const finding = event.detail.elt?.closest?.("[data-finding]") || document.getElementById(event.detail.elt?.id);
  if (finding?.matches("[data-finding]")) {
    light(finding);
    finding.querySelector("[data-go]")?.focus({ preventScroll: true });
  }
});
