// Closes what a button names (data-dismiss=".toast") and menus that somebody has done with (data-menu), and leads people
// to what went wrong.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest(button.dataset.dismiss)?.remove();
});

function closeMenus(isDone) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (isDone(menu)) menu.open = false;
}

document.addEventListener("click", (event) => closeMenus((menu) => !menu.contains(event.target)));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest("details[data-menu][open]");
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});

function focusSummary(root) {
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.elt));
focusSummary(document);
