// A button with data-opens="id" opens that <dialog>, which hears that it is "opened"; [data-closes] inside it, or a click
// beside it, closes it.
function open(dialog) {
  dialog?.showModal();
  dialog?.dispatchEvent(new CustomEvent("opened"));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(document.getElementById(opener.dataset.opens));
  else if (event.target.closest("[data-closes]") || event.target.matches("dialog")) event.target.closest("dialog")?.close();
});
