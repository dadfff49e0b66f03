// An open pane says that it is open; the next one in this tab says which one was left.
const KEY = "here";

function nameLeft({ detail }) {
  const { here } = detail.elt.dataset;
  if (!here) return;
  const left = sessionStorage.getItem(KEY);
  if (left && left !== here) detail.parameters.left = left;
  sessionStorage.setItem(KEY, here);
}

// The same names again are no news, least of all to who hears the page.
function passOverTheSame({ detail }) {
  const { elt, serverResponse } = detail;
  if (!elt.dataset.here || !detail.shouldSwap) return;
  const fresh = document.createRange().createContextualFragment(serverResponse);
  detail.shouldSwap = fresh.textContent.trim() !== elt.textContent.trim();
}

document.addEventListener("htmx:configRequest", nameLeft);
document.addEventListener("htmx:beforeSwap", passOverTheSame);
