// Playing a new demo starts its review: sends the form that waits for it, once.
document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-player-button]")) return;
  const form = document.querySelector("#actions form[data-on-play]");
  form?.requestSubmit();
  delete form?.dataset.onPlay;
});
