// Draws each figure's chart from the table in it: anew in another light, and in black on white for paper.
import { look } from "./charts/look.js";
import { KINDS } from "./charts/kinds.js";
import { read } from "./charts/table.js";

const PAPER = { width: 640, height: 300 };
const drawn = new Map();
const opened = new Set();
let isOnPaper = false;
let theme;

function draw(figure) {
  drawn.get(figure)?.destroy();
  drawn.delete(figure);
  if (figure.closest("details:not([open])")) return;
  const box = figure.querySelector(".chart__box");
  const told = read(figure);
  const kind = KINDS[figure.dataset.chart];
  const height = kind.height?.(told) ?? (isOnPaper ? PAPER.height : 0);
  box.style.width = isOnPaper ? `${PAPER.width}px` : "";
  box.style.height = height ? `${height}px` : "";
  drawn.set(figure, new window.Chart(box.querySelector("canvas"), kind.config(told, look(figure), isOnPaper)));
}

function drawAll() {
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
}

function toPaper() {
  if (isOnPaper) return;
  isOnPaper = true;
  theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  for (const details of document.querySelectorAll("main details:not([open])")) {
    opened.add(details);
    details.open = true;
  }
  drawAll();
}

function toScreen() {
  if (!isOnPaper) return;
  isOnPaper = false;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const details of opened) details.open = false;
  opened.clear();
  drawAll();
}

function start() {
  drawAll();
  new MutationObserver(() => isOnPaper || drawAll()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? toPaper() : toScreen()));
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);
  document.addEventListener("toggle", ({ target }) => target.querySelectorAll("[data-chart]").forEach(draw), { capture: true });
}

document.fonts.ready.then(start);
