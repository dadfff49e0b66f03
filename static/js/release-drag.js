// A card dragged to another place leads to the form that confirms it: a column to the step, a day to the date.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-change]") ?? null;
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const place = placeOf(event);
  document.querySelector(".is-target")?.classList.remove("is-target");
  if (!place) return;
  event.preventDefault();
  place.classList.add("is-target");
});

document.addEventListener("drop", (event) => {
  const place = placeOf(event);
  if (!place) return;
  event.preventDefault();
  const query = place.dataset.area ? { area: place.dataset.area } : { release_on: place.dataset.day };
  location.assign(`${dragged.dataset.change}?${new URLSearchParams(query)}`);
});

document.addEventListener("dragend", () => {
  document.querySelector(".is-target")?.classList.remove("is-target");
  dragged = null;
});

function placeOf(event) {
  const place = dragged && event.target.closest?.("[data-area], [data-day]");
  return place && !place.contains(dragged) ? place : null;
}
