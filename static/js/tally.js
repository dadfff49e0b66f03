// Counts the labels that are ticked, while one ticks them.
const form = document.querySelector("[data-tally]");
const count = form.querySelector("[data-tally-count]");

function tally() {
  count.textContent = form.querySelectorAll("[name=to]:checked").length;
}

form.addEventListener("change", tally);
tally();
