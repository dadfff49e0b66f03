// What the page waits for: requests that change it, and whoever holds one back. Polls and further rows count for nothing.
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

const isCounted = (element) => !("every" in element.dataset) && !element.closest("#more");

document.addEventListener("htmx:beforeSend", ({ detail: { elt, target, xhr } }) => {
  if (!isCounted(elt)) return;
  begin(xhr);
  target?.setAttribute("aria-busy", "true");
  let isRefused = false;
  xhr.addEventListener("error", () => { isRefused = true; });
  xhr.addEventListener("loadend", () => {
    target?.removeAttribute("aria-busy");
    end(xhr, isRefused || xhr.status >= 400);
  });
});
