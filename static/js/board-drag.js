// A card dragged to another column is moved there: the board's form is sent as its own button would send it.
let dragged = null;

function placeOf(event) {
  const place = dragged && event.target.closest?.("[data-state]");
  return place && !place.contains(dragged) ? place : null;
}

const unmark = () => document.querySelector(".is-target")?.classList.remove("is-target");

function send(pick, state) {
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", name: "move", value: `${pick}.${state}`, hidden: true });
  document.querySelector("form[data-rows]").append(button);
  button.click();
  button.remove();
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-pick]") ?? null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const place = placeOf(event);
  unmark();
  if (!place) return;
  event.preventDefault();
  place.classList.add("is-target");
});

document.addEventListener("drop", (event) => {
  const place = placeOf(event);
  if (!place) return;
  event.preventDefault();
  send(dragged.dataset.pick, place.dataset.state);
});

document.addEventListener("dragend", () => {
  unmark();
  dragged = null;
});
