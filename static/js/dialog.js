// A button with data-opens="id" opens that <dialog>; [data-closes] inside it, or a click beside it, closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  else if (event.target.closest("[data-closes]") || event.target.matches("dialog")) event.target.closest("dialog")?.close();
});
