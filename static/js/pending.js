// What the page waits for: requests that change it, and whoever holds one back. Polls and further rows count for nothing.
const SLOW = 200; // milliseconds
const pending = new Set();
const listeners = [];

export const isPending = () => pending.size > 0;
export const whenSettled = (listener) => listeners.push(listener);

export function begin(cause) {
  pending.add(cause);
  document.body.dataset.waits = "";
}

// `isRefused`: the answer is not what was asked for.
export function end(cause, isRefused = false) {
  if (!pending.delete(cause)) return;
  if (!pending.size) delete document.body.dataset.waits;
  for (const listener of listeners) listener(isRefused);
}

// What waits says so to who cannot see it at once, and looks like it once that takes long: a flicker tells nobody anything.
export function markBusy(target) {
  target?.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => { if (target) target.dataset.slow = ""; }, SLOW);
  return () => {
    clearTimeout(slow);
    target?.removeAttribute("aria-busy");
    if (target) delete target.dataset.slow;
  };
}

const isCounted = (element) => !("every" in element.dataset) && !element.closest("#more");

document.addEventListener("htmx:beforeSend", ({ detail: { elt, target, xhr } }) => {
  if (!isCounted(elt)) return;
  begin(xhr);
  const rest = markBusy(target);
  let isRefused = false;
  xhr.addEventListener("error", () => { isRefused = true; });
  xhr.addEventListener("loadend", () => {
    rest();
    end(xhr, isRefused || xhr.status >= 400);
  });
});
