// A form is sent once: while it is on its way, another press does nothing. Buttons keep their focus.
function rest(form) {
  form.dataset.busy = "";
}

function wake() {
  for (const form of document.querySelectorAll("form[data-busy]")) delete form.dataset.busy;
}

function refuseTwice(event) {
  if (!("busy" in event.target.dataset)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function restOnSubmit(event) {
  const form = event.target;
  if (!event.defaultPrevented && form.method === "post" && form.target !== "_blank") rest(form);
}

document.addEventListener("submit", refuseTwice, { capture: true });
document.addEventListener("submit", restOnSubmit);
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.elt.matches("form") && rest(detail.elt));
document.addEventListener("htmx:afterRequest", ({ detail }) => "every" in detail.elt.dataset || wake());
window.addEventListener("pageshow", wake);
