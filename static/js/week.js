// The week: a demo dragged onto a name is given to that member. It sends the form that is there without us; keys: `rows.js`.
import { rows } from "./rows.js";

const week = document.getElementById("week");
const boxOf = (row) => row.querySelector("[name=pick]");
let dragged = null;

week.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-row]");
  event.dataTransfer.effectAllowed = "move";
});

week.addEventListener("dragover", (event) => {
  const place = dragged && event.target.closest("[data-member]");
  week.querySelector(".is-target")?.classList.remove("is-target");
  if (!place) return;
  event.preventDefault();
  place.classList.add("is-target");
});

week.addEventListener("drop", (event) => {
  const place = dragged && event.target.closest("[data-member]");
  if (!place) return;
  event.preventDefault();
  if (!boxOf(dragged).checked) for (const row of rows()) boxOf(row).checked = row === dragged;
  week.requestSubmit(place.querySelector("button"));
});

week.addEventListener("dragend", () => {
  week.querySelector(".is-target")?.classList.remove("is-target");
  dragged = null;
});
