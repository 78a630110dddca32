"use strict";

for (const each of document.querySelectorAll(".controls")) each.hidden = false;

const filters = document.getElementById("filters");
const findings = [...document.querySelectorAll(".finding")];

function apply() {
  const wanted = new FormData(filters);
  const levels = wanted.getAll("severity");
  const words = wanted.get("text").trim().toLowerCase();
  const suits = (choice, value) => choice === "*" || choice === value;
  let shown = 0;
  for (const each of findings) {
    const visible = levels.includes(each.dataset.severity)
      && suits(wanted.get("site"), each.dataset.site)
      && suits(wanted.get("rule"), each.dataset.rule)
      && each.textContent.toLowerCase().includes(words);
    each.hidden = !visible;
    shown += visible;
  }
  document.getElementById("shown").textContent = `${shown} of ${findings.length} findings shown`;
  document.getElementById("none-left").hidden = shown > 0;
}

if (filters) {
  for (const each of ["input", "change"]) filters.addEventListener(each, apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  // A form is reset only after its event.
  filters.addEventListener("reset", () => setTimeout(apply));
  apply();
}

const frame = document.getElementById("map-frame");

function mapControls(picture) {
  const box = picture.viewBox.baseVal;
  let scale;

  function zoom(to) {
    scale = Math.min(4, Math.max(0.05, to));
    picture.classList.add("sized");
    picture.style.width = `${Math.round(box.width * scale)}px`;
  }

  const fit = () => Math.min(1, frame.clientWidth / box.width);
  const steps = { out: () => scale / 1.4, in: () => scale * 1.4, fit, full: () => 1 };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(steps[button.dataset.zoom]()));
  }
  zoom(fit());

  const search = document.getElementById("find-site");
  const sites = [...picture.querySelectorAll(".site")];
  search.addEventListener("input", () => {
    const word = search.value.trim().toLowerCase();
    const found = sites.filter((site) => word && site.dataset.names.includes(word));
    for (const site of sites) site.classList.toggle("found", found.includes(site));
    const count = word ? `${found.length} of ${sites.length} sites` : "";
    document.getElementById("sites-found").textContent = count;
    const exact = found.find((site) => site.dataset.code.toLowerCase() === word) || found[0];
    if (exact) {
      zoom(Math.max(scale, 0.8));
      exact.scrollIntoView({ block: "nearest", inline: "center" });
    }
  });

  picture.addEventListener("click", (event) => {
    const site = event.target.closest(".site");
    const choice = filters && site && [...filters.elements.site.options].find(
      (option) => option.value.toUpperCase() === site.dataset.code.toUpperCase() && option.value);
    if (!choice) return;
    filters.elements.site.value = choice.value;
    apply();
    document.getElementById("findings").scrollIntoView();
  });
}

if (frame) mapControls(frame.querySelector("svg"));
