// The edge between list and pane: dragged, or moved by its arrow keys; where it stands is remembered in this browser.
const LEAST = 380;
const MOST = 560;
const STEP = 20; // pixels for a press of an arrow key
const NAME = "list-width";

const root = document.documentElement;
const edge = () => document.getElementById("edge");
const width = () => document.getElementById("list").offsetWidth;

function set(pixels) {
  const within = Math.min(MOST, Math.max(LEAST, Math.round(pixels)));
  root.style.setProperty("--list", `${within}px`);
  edge()?.setAttribute("aria-valuenow", within);
  return within;
}

function keep(pixels) {
  try {
    localStorage.setItem(NAME, pixels);
  } catch {
    // Storage may be switched off; then the width lasts as long as the page.
  }
}

function remembered() {
  try {
    return Number(localStorage.getItem(NAME)) || 0;
  } catch {
    return 0;
  }
}

function onKey(event) {
  if (event.target.id !== "edge") return;
  const to = { ArrowLeft: width() - STEP, ArrowRight: width() + STEP, Home: LEAST, End: MOST }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  keep(set(to));
}

function onDrag({ target, clientX, pointerId }) {
  if (target.id !== "edge" || !target.hasPointerCapture(pointerId)) return;
  set(clientX - document.getElementById("list").getBoundingClientRect().left);
}

if (remembered()) set(remembered());
document.addEventListener("DOMContentLoaded", () => edge()?.setAttribute("aria-valuenow", width()));
document.addEventListener("keydown", onKey);
document.addEventListener("pointerdown", ({ target, pointerId }) => target.id === "edge" && target.setPointerCapture(pointerId));
document.addEventListener("pointermove", onDrag);
document.addEventListener("pointerup", ({ target }) => target.id === "edge" && keep(width()));
