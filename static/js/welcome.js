// A reason for passing suggests what is welcome next, until one has chosen that oneself.
document.addEventListener("change", ({ target }) => {
  const { form } = target;
  if (!form) return;
  if (target.name === "welcome") form.dataset.welcomes = "";
  const { suits } = target.dataset;
  if (!suits || "welcomes" in form.dataset) return;
  const radio = form.querySelector(`input[name="welcome"][value="${suits}"]`);
  if (radio) radio.checked = true;
});
