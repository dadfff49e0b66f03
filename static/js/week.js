// The week: a demo dragged onto a name is given to that member; keys go from demo to demo and select them. A name that is
// pressed while nothing is selected gets the demo that has the focus. All of it sends the form that is there without us.
const week = document.getElementById("week");
const rows = () => [...week.querySelectorAll(".week__row")];
const boxOf = (row) => row.querySelector("[name=pick]");
let current = null;
let dragged = null;

function go(by) {
  const all = rows();
  const row = all[Math.min(Math.max(all.indexOf(current) + by, 0), all.length - 1)];
  row?.querySelector(".week__open").focus();
}

week.addEventListener("focusin", ({ target }) => {
  const row = target.closest(".week__row");
  if (!row) return;
  current?.classList.remove("is-current");
  current = row;
  row.classList.add("is-current");
});

week.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-goes], [data-selects]");
  if (!button) return;
  if (button.dataset.goes) go(Number(button.dataset.goes));
  else if (current) boxOf(current).checked = !boxOf(current).checked;
});

week.addEventListener("submit", () => {
  const isEmpty = !week.querySelector("[name=pick]:checked");
  if (isEmpty && current) boxOf(current).checked = true;
});

week.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".week__row");
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
