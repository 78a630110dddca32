"use strict";

for (const each of document.querySelectorAll(".controls")) each.hidden = false;

const filters = document.getElementById("filters");
const findings = [...document.querySelectorAll(".finding")];
const groups = [...document.querySelectorAll(".group")];

function apply() {
  const wanted = new FormData(filters);
  const levels = wanted.getAll("severity");
  const words = wanted.get("text").trim().toLowerCase();
  const suits = (choice, value) => choice === "*" || choice === value;
  let shown = 0;
  for (const group of groups) {
    // What a group says in common counts as said by each of its findings.
    const common = words && [...group.children].slice(0, -1).some((each) => each.textContent.toLowerCase().includes(words));
    let here = 0;
    for (const each of group.querySelectorAll(".finding")) {
      const visible = levels.includes(each.dataset.severity)
        && suits(wanted.get("site"), each.dataset.site)
        && suits(wanted.get("rule"), each.dataset.rule)
        && (common || each.textContent.toLowerCase().includes(words));
      each.hidden = !visible;
      here += visible;
    }
    group.hidden = !here;
    shown += here;
  }
  document.getElementById("shown").textContent = `${shown} of ${findings.length} findings shown`;
  document.getElementById("none-left").hidden = shown > 0;
}

function showSite(code) {
  const choice = filters && [...filters.elements.site.options].find(
    (option) => option.value.toUpperCase() === code.toUpperCase() && option.value);
  if (!choice) return false;
  filters.reset();
  filters.elements.site.value = choice.value;
  apply();
  document.getElementById("findings").scrollIntoView();
  return true;
}

// A link leads to what the filters hide, too.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]") && filters) {
    filters.reset();
    apply();
  }
  target.scrollIntoView();
}

if (filters) {
  for (const each of ["input", "change"]) filters.addEventListener(each, apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  // A form is reset only after its event.
  filters.addEventListener("reset", () => setTimeout(apply));
  apply();
  addEventListener("hashchange", reveal);
  reveal();
  for (const link of document.querySelectorAll("#sites a[data-site]")) {
    link.addEventListener("click", (event) => {
      if (showSite(link.dataset.site)) event.preventDefault();
    });
  }
}

const frame = document.getElementById("map-frame");
const LEVELS = [[0.8, "near"], [0.45, "middle"], [0.19, "far"], [0, "tiny"]];

function mapControls() {
  const views = { folded: frame.querySelector("svg") };
  const only = document.getElementById("only-trouble");
  const fold = document.getElementById("fold-healthy");
  const search = document.getElementById("find-site");
  const status = document.getElementById("map-status");
  let picture = views.folded;
  let box = picture.viewBox.baseVal;
  let scale = 1;
  frame.classList.add("live");

  // The margin around the picture lets any site of it be brought into the middle.
  const margin = () => ({ x: frame.clientWidth / 2, y: frame.clientHeight / 2 });
  const fitting = () => Math.min(1, (frame.clientWidth - 8) / box.width, (frame.clientHeight - 8) / box.height);
  const least = () => Math.min(fitting(), 1);

  function zoom(to, point = { x: frame.clientWidth / 2, y: frame.clientHeight / 2 }) {
    const { x, y } = margin();
    const at = { x: (frame.scrollLeft + point.x - x) / scale, y: (frame.scrollTop + point.y - y) / scale };
    scale = Math.min(4, Math.max(least(), to));
    picture.style.width = `${box.width * scale}px`;
    picture.style.height = `${box.height * scale}px`;
    picture.style.margin = `${y}px ${x}px`;
    const level = LEVELS.find(([from]) => scale >= from)[1];
    for (const [, name] of LEVELS) picture.classList.toggle(name, name === level);
    frame.scrollLeft = at.x * scale + x - point.x;
    frame.scrollTop = at.y * scale + y - point.y;
  }

  function centre(x, y) {
    const around = margin();
    frame.scrollLeft = x * scale + around.x - frame.clientWidth / 2;
    frame.scrollTop = y * scale + around.y - frame.clientHeight / 2;
  }

  function fit() {
    zoom(fitting());
    centre(box.width / 2, box.height / 2);
  }

  function bring(site) {
    const shape = site.querySelector(".box").getBoundingClientRect();
    const here = frame.getBoundingClientRect();
    frame.scrollLeft += shape.left + shape.width / 2 - here.left - frame.clientWidth / 2;
    frame.scrollTop += shape.top + shape.height / 2 - here.top - frame.clientHeight / 2;
  }

  function show(name) {
    if (!views[name]) {
      const template = document.getElementById(`map-${name}`);
      views[name] = template ? template.content.querySelector("svg") : views.folded;
    }
    if (picture !== views[name]) {
      picture.replaceWith(views[name]);
      picture = views[name];
      box = picture.viewBox.baseVal;
      fit();
    }
  }

  const wanted = () => (only && only.checked ? "trouble" : fold && !fold.checked ? "all" : "folded");
  for (const each of [only, fold]) if (each) each.addEventListener("change", () => show(wanted()));

  function unfold() {
    if (only) only.checked = false;
    if (fold) fold.checked = false;
    show(wanted());
  }

  const steps = { out: () => zoom(scale / 1.4), in: () => zoom(scale * 1.4), fit, full: () => zoom(1) };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", steps[button.dataset.zoom]);
  }

  const pan = (x, y) => frame.scrollBy(x, y);
  const keys = {
    "+": steps.in, "=": steps.in, "-": steps.out, "_": steps.out, "0": fit,
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  };
  frame.addEventListener("keydown", (event) => {
    const act = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const within = (event) => {
    const here = frame.getBoundingClientRect();
    return { x: event.clientX - here.left, y: event.clientY - here.top };
  };
  frame.addEventListener("wheel", (event) => {
    // At its smallest the map lets the page scroll on.
    if (event.deltaY > 0 && scale <= least() && !event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 250), within(event));
  }, { passive: false });

  const fingers = new Map();
  let travelled = 0;
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return { size: Math.hypot(one.x - other.x, one.y - other.y), x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (!fingers.size) travelled = 0;
    fingers.set(event.pointerId, within(event));
  });
  frame.addEventListener("pointermove", (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const to = within(event);
    const before = fingers.size === 2 && spread();
    fingers.set(event.pointerId, to);
    travelled += Math.hypot(to.x - from.x, to.y - from.y);
    if (before) {
      const after = spread();
      zoom(scale * after.size / (before.size || 1), after);
    } else if (travelled > 4) {
      if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
      frame.classList.add("dragged");
      frame.scrollLeft += from.x - to.x;
      frame.scrollTop += from.y - to.y;
    }
  });
  for (const each of ["pointerup", "pointercancel"]) {
    frame.addEventListener(each, (event) => {
      fingers.delete(event.pointerId);
      frame.classList.remove("dragged");
    });
  }
  frame.addEventListener("dragstart", (event) => event.preventDefault());

  search.addEventListener("input", () => {
    const word = search.value.trim().toLowerCase();
    const matches = () => [...picture.querySelectorAll(".site")].filter((site) => word && site.dataset.names.includes(word));
    let found = matches();
    if (word && (!found.length || found.every((site) => site.matches(".fold")))) {
      unfold();
      found = matches();
    }
    const sites = picture.querySelectorAll(".site");
    for (const site of sites) site.classList.toggle("found", found.includes(site));
    status.textContent = word ? `${found.length} of ${sites.length} sites` : "";
    const exact = found.find((site) => (site.dataset.code || "").toLowerCase() === word) || found[0];
    if (exact) {
      zoom(Math.max(scale, 0.8));
      bring(exact);
    }
  });

  frame.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (travelled > 4 && event.detail) {
      event.preventDefault();
      return;
    }
    if (link.matches(".fold")) {
      event.preventDefault();
      const first = link.dataset.within.split(" ")[0];
      unfold();
      const site = [...picture.querySelectorAll(".site")].find((each) => each.dataset.code === first);
      if (!site) return;
      zoom(Math.max(scale, 0.8));
      bring(site);
      site.focus({ preventScroll: true });
      return;
    }
    const name = link.querySelector("title").textContent.split("\n")[0];
    const isSite = link.matches(".site");
    if (isSite && showSite(link.dataset.code)) {
      event.preventDefault();
    } else if (!link.matches(".error, .warning, .info")) {
      event.preventDefault();
      status.textContent = isSite ? name : `${name}: nothing found`;
    }
  });

  let wide = frame.clientWidth;
  addEventListener("resize", () => {
    // A phone changes the height of its window whenever it is scrolled.
    if (frame.clientWidth === wide) return;
    wide = frame.clientWidth;
    fit();
  });
  fit();
}

if (frame) mapControls();
