// An open pane says that it is open; the next one in this tab says which one was left.
const KEY = "here";

function nameLeft({ detail }) {
  const { here } = detail.elt.dataset;
  if (!here) return;
  const left = sessionStorage.getItem(KEY);
  if (left && left !== here) detail.parameters.left = left;
  sessionStorage.setItem(KEY, here);
}

document.addEventListener("htmx:configRequest", nameLeft);
