// A key presses the button, link or field one can see whose aria-keyshortcuts says so: in the panel first, then in the
// pane, then anywhere. Never while one types, never with Ctrl, Alt or Meta, never while the pane is being renewed.
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]), textarea, select, [contenteditable]";
const PRESSED_BY_ITSELF = "a[href], button, input, summary, audio, video";
const SETTLED = 30; // htmx needs 20 ms after a swap until the new buttons work
const underway = new Set();
let later = "";

function isKeyOf(element, key) {
  return element.getAttribute("aria-keyshortcuts").split(" ").includes(key) && !element.disabled && element.checkVisibility({ visibilityProperty: true });
}

// Of several questions that a number answers: the one that has the focus, else the first without an answer.
function nearest(found) {
  const here = document.activeElement.closest("fieldset");
  const isOpen = ({ type, name, form }) => type === "radio" && !form?.querySelector(`[name="${CSS.escape(name)}"]:checked`);
  return found.find((element) => here?.contains(element)) ?? found.find(isOpen) ?? found[0];
}

// While a panel is open its numbers are the only ones.
function find(key) {
  const isPanels = /^[1-9]$/.test(key) && document.querySelector("#panel > *") !== null;
  for (const place of isPanels ? ["#panel"] : ["#panel", "#pane", "body"]) {
    const found = [...document.querySelectorAll(`${place} [aria-keyshortcuts]`)].filter((element) => isKeyOf(element, key));
    if (found.length) return nearest(found);
  }
  return null;
}

function press(element) {
  if (element.matches(`${TYPING}, summary`)) element.focus();
  if (!element.matches(TYPING)) element.click();
}

function isLeftAlone(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return true;
  return event.getModifierState("AltGraph") || document.querySelector("dialog[open]") !== null;
}

function onKey(event) {
  if (isLeftAlone(event)) return;
  const key = event.key === " " ? "Space" : event.key;
  if (event.target.matches(TYPING)) {
    if (key === "Escape") event.target.blur();
    return;
  }
  if (["Enter", "Space"].includes(key) && event.target.closest(PRESSED_BY_ITSELF)) return;
  const element = find(key);
  if (!element) return;
  event.preventDefault();
  if (underway.size || "holds" in document.body.dataset) later = "jk".includes(key) ? key : later;
  else if (!event.repeat || "jk".includes(key)) press(element);
}

function settle(xhr) {
  underway.delete(xhr);
  if (underway.size) return;
  delete document.body.dataset.waits;
  document.getElementById("pane")?.removeAttribute("aria-busy");
  const element = later && find(later);
  later = "";
  if (element) press(element);
}

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:beforeSend", ({ detail: { target, xhr } }) => {
  if (!["pane", "panel", "scores"].includes(target?.id)) return;
  underway.add(xhr);
  document.body.dataset.waits = "";
  document.getElementById("pane")?.setAttribute("aria-busy", "true");
  xhr.addEventListener("loadend", () => setTimeout(settle, SETTLED, xhr));
});
