// Closes what a button names (data-dismiss=".toast") and leads people to what went wrong.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest(button.dataset.dismiss)?.remove();
});

function focusSummary(root) {
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.elt));
focusSummary(document);
