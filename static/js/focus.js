// Keeps the focus on the page when a swap takes away what had it: to what has its place now, its key, or the nearest heading.
let lost = null;

function homesOf(element) {
  const homes = [];
  for (let place = element; place; place = place.parentElement?.closest("[id]")) if (place.id) homes.push(`#${CSS.escape(place.id)}`);
  return homes;
}

function remember() {
  const here = document.activeElement;
  if (!here || here === document.body) return;
  const key = here.getAttribute("aria-keyshortcuts");
  const twin = key ? [`[aria-keyshortcuts="${CSS.escape(key)}"]`] : [];
  lost = here.id ? [`#${CSS.escape(here.id)}`, ...twin] : twin;
  lost.push(...homesOf(here).map((home) => `${home} :is([tabindex], a[href], button, input:not([type=hidden]))`), "#pane-title", "main h1");
}

function restore() {
  if (!lost || document.activeElement !== document.body) return;
  for (const selector of lost) {
    const place = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility({ visibilityProperty: true }));
    place?.focus({ preventScroll: true });
    if (document.activeElement !== document.body) break;
  }
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", () => queueMicrotask(restore));
