// A list marked data-reorder is put in order by its grips: by dragging, or with the arrow keys. It says each place in
// the form's data-reorder-said, or the page's, writes it into what is marked data-place, and then says, as “reordered”,
// that there is something to save.
let dragged;
let place;

const placeOf = (item) => [...item.parentElement.children].indexOf(item);

function say(item) {
  const { children } = item.parentElement;
  const said = (item.closest("form") ?? document).querySelector("[data-reorder-said]");
  said.textContent = `${item.dataset.name}: ${placeOf(item) + 1} of ${children.length}.`;
}

function number(list) {
  [...list.children].forEach((item, place) => {
    const shown = item.querySelector("[data-place]");
    if (shown) shown.textContent = place + 1;
  });
}

function done(item) {
  number(item.parentElement);
  say(item);
  item.dispatchEvent(new CustomEvent("reordered", { bubbles: true }));
}

// The others move around the item: it stays in the page, and so keeps its focus and the pointer.
const down = (item) => item.nextElementSibling && item.before(item.nextElementSibling);
const up = (item) => item.previousElementSibling && item.after(item.previousElementSibling);

function middle(item) {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2;
}

document.addEventListener("keydown", (event) => {
  const move = { ArrowUp: up, ArrowDown: down }[event.key];
  const item = move && event.target.closest("[data-grip]")?.closest("[data-reorder] > li");
  if (!item) return;
  event.preventDefault();
  const before = placeOf(item);
  move(item);
  if (placeOf(item) !== before) done(item);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.button === 0 && event.target.closest("[data-grip]");
  if (!grip) return;
  grip.setPointerCapture(event.pointerId);
  dragged = grip.closest("li");
  place = placeOf(dragged);
  dragged.classList.add("is-dragged");
});

document.addEventListener("pointermove", ({ clientY }) => {
  if (!dragged) return;
  while (dragged.nextElementSibling && clientY > middle(dragged.nextElementSibling)) down(dragged);
  while (dragged.previousElementSibling && clientY < middle(dragged.previousElementSibling)) up(dragged);
});

function drop() {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  if (placeOf(dragged) !== place) done(dragged);
  dragged = undefined;
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
