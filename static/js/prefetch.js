// Fetches the next demo of the list while somebody looks at this one, so that it is shown at once. Looking leaves no trace,
// and what was fetched is passed over once its row says something newer.
import { isPending } from "./pending.js";

const QUIET = 150; // milliseconds after which the page is at rest
const FRESH = 30_000; // milliseconds

let ahead = null;
let fetching = null;
let rest;

const nextLink = () => document.querySelector('#pane a[rel="next"]');

async function fetchNext() {
  const url = nextLink()?.getAttribute("hx-get");
  if (!url || isPending() || document.visibilityState !== "visible" || ahead?.url === url) return;
  fetching = new AbortController();
  const headers = { "HX-Request": "true", "HX-Target": "pane", "HX-Current-URL": location.href, "X-Prefetch": "true" };
  try {
    const answer = await fetch(url, { headers, signal: fetching.signal });
    if (answer.ok && !answer.redirected) ahead = { url, html: await answer.text(), moment: Date.now() };
  } catch { /* it is asked for when it is wanted */ }
}

function fetchSoon() {
  clearTimeout(rest);
  rest = setTimeout(fetchNext, QUIET);
}

function isFresh({ moment, html }) {
  return Date.now() - moment < FRESH && isCurrent(html);
}

function isCurrent(html) {
  const [, reference, version] = /data-reference="([^"]+)" data-version="(\d+)"/.exec(html) ?? [];
  const row = document.getElementById(`row-${reference}`);
  return !row || row.dataset.version.split(".")[0] === version;
}

function take(url) {
  const found = ahead?.url === url && isFresh(ahead) ? ahead.html : "";
  ahead = null;
  return found;
}

// Old messages go with what they were about; what can be undone stays until another decision.
function clearMessages() {
  for (const toast of document.querySelectorAll("#messages > :not(:has([hx-post]))")) toast.remove();
}

function show(url, html) {
  window.htmx.swap("#pane", html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  history.pushState({ htmx: true }, "", url);
}

function takeTheirPlace(event) {
  const { target, requestConfig: { verb, path } } = event.detail;
  if (target?.id !== "pane") return;
  fetching?.abort();
  clearTimeout(rest);
  if (verb !== "get") return;
  clearMessages();
  const html = take(path);
  if (!html) return;
  event.preventDefault();
  show(path, html);
}

// A decision says what is here already, and its answer that it is the next one.
function nameAhead({ detail: { target, verb, headers } }) {
  if (target?.id === "pane" && verb === "post" && ahead && isFresh(ahead)) headers["X-Prefetched"] = ahead.url;
}

function showNext({ detail: { xhr } }) {
  if (!xhr.getResponseHeader("X-Show-Prefetched") || !ahead) return;
  const { url, html } = ahead;
  ahead = null;
  show(url, html);
}

document.addEventListener("htmx:configRequest", nameAhead);
document.addEventListener("htmx:beforeRequest", takeTheirPlace);
document.addEventListener("htmx:afterOnLoad", showNext);
document.addEventListener("htmx:afterSettle", fetchSoon);
fetchSoon();
