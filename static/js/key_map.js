// The member's own keys, from data-own of the help: {default: own}, "" for none. Templates name the defaults.
const own = JSON.parse(document.getElementById("keys")?.dataset.own ?? "{}");
const isChanged = Object.keys(own).length > 0;

export const ownKey = (key) => own[key] ?? key;

function rename(element) {
  const keys = element.getAttribute("aria-keyshortcuts").split(" ").map(ownKey).filter(Boolean);
  element.dataset.own = "";
  if (keys.length) element.setAttribute("aria-keyshortcuts", keys.join(" "));
  else element.removeAttribute("aria-keyshortcuts");
}

function reprint(place) {
  place.dataset.own = "";
  place.textContent = ownKey(place.textContent);
  place.hidden = !place.textContent;
}

function renameAll() {
  for (const place of document.querySelectorAll("kbd:not([data-own], #keys kbd)")) reprint(place);
  for (const element of document.querySelectorAll("[aria-keyshortcuts]:not([data-own])")) rename(element);
}

if (isChanged) {
  renameAll();
  document.addEventListener("htmx:afterSettle", renameAll);
}
