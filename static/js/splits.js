// Adds up the shares of a split sheet while they are typed. The server says the sum with each answer, and checks it.
const total = document.querySelector("#total strong");
const form = total?.closest("form");

function hundredths(input) {
  const isRemoved = input.closest("fieldset").querySelector("input[name$='-DELETE']")?.checked;
  return isRemoved || Number.isNaN(input.valueAsNumber) ? 0 : Math.round(input.valueAsNumber * 100);
}

function addUp() {
  const inputs = [...form.querySelectorAll("input[name$='-percentage']")];
  const sum = inputs.reduce((before, input) => before + hundredths(input), 0);
  total.textContent = `${(sum / 100).toFixed(2)} %`;
}

form?.addEventListener("input", addUp);
