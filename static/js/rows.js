// A list in a form: keys go from row to row and select them. A button that is pressed while nothing is selected acts on the
// row that has the focus. All of it sends the form that is there without us.
const list = document.querySelector("[data-rows]");
const boxOf = (row) => row.querySelector("[name=pick]");

export let current = null;

export const rows = () => [...list.querySelectorAll("[data-row]")];

function go(by) {
  const all = rows();
  const row = all[Math.min(Math.max(all.indexOf(current) + by, 0), all.length - 1)];
  row?.querySelector("[data-open]").focus();
}

function select(row) {
  const box = row && boxOf(row);
  if (box) box.checked = !box.checked;
}

list.addEventListener("focusin", ({ target }) => {
  const row = target.closest("[data-row]");
  if (!row) return;
  current?.classList.remove("is-current");
  current = row;
  row.classList.add("is-current");
});

list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-goes], [data-selects]");
  if (!button) return;
  if (button.dataset.goes) go(Number(button.dataset.goes));
  else select(current);
});

list.addEventListener("submit", () => {
  const isEmpty = !list.querySelector("[name=pick]:checked, [name=all]:checked");
  if (isEmpty && current) select(current);
});
