// A button with data-copy="text" copies it and says so for a moment.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const name = button.querySelector("[data-copy-name]") ?? button;
  const before = name.textContent;
  if (before === "Copied") return;
  name.textContent = "Copied";
  setTimeout(() => { name.textContent = before; }, 2000);
});
