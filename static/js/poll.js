// What carries data-every="10" asks its question again every so many seconds while the page can be seen:
// soon when the question is new, when somebody looks at the page again, and after something was sent.
// While somebody goes quickly from one thing to the next, questions wait: at most LONGEST.
const QUIET = 400; // milliseconds after which the page is at rest
const LONGEST = 3_000; // milliseconds
const asked = new Map();
let rest;
let settled = 0;
let polled = 0;

const questionOf = ({ attributes }) => (attributes["hx-get"] ?? attributes["hx-post"])?.value;

function isDue(element, moment) {
  const last = asked.get(element.id);
  return last?.question !== questionOf(element) || moment - last.moment >= element.dataset.every * 1000;
}

function poll() {
  if (document.visibilityState !== "visible") return;
  const moment = Date.now();
  polled = moment;
  for (const element of document.querySelectorAll("[data-every][id]")) {
    if (isDue(element, moment)) htmx.trigger(element, "poll");
  }
}

function pollSoon() {
  settled = Date.now();
  clearTimeout(rest);
  rest = setTimeout(poll, QUIET);
}

function pollAtRest() {
  const moment = Date.now();
  if (moment - settled >= QUIET || moment - polled >= LONGEST) poll();
}

// Counts what is really sent: htmx does not hear what it has not looked at yet.
function note({ detail: { elt } }) {
  if ("every" in elt.dataset) asked.set(elt.id, { question: questionOf(elt), moment: Date.now() });
}

function pollAtOnce() {
  asked.clear();
  pollSoon();
}

// Who may not ask any more is left in peace: nobody is torn from a page to sign in by a question nobody asked.
function fallSilent(event) {
  const { elt, xhr } = event.detail;
  const isRefused = xhr.getResponseHeader("HX-Redirect") || (xhr.status >= 400 && xhr.status < 500);
  if (!("every" in elt.dataset) || !isRefused) return;
  event.preventDefault();
  delete elt.dataset.every;
  elt.dataset.silent = "";
}

// A question that was queued behind the refused one is not asked either.
function hold(event) {
  if ("silent" in event.detail.elt.dataset) event.preventDefault();
}

document.addEventListener("htmx:configRequest", note);
document.addEventListener("htmx:beforeRequest", hold);
document.addEventListener("htmx:beforeOnLoad", fallSilent);
document.addEventListener("htmx:afterSettle", pollSoon);
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.verb !== "get" && !("every" in detail.elt.dataset)) pollAtOnce();
});
document.addEventListener("visibilitychange", pollAtOnce);
window.addEventListener("focus", pollAtOnce);
document.addEventListener("DOMContentLoaded", poll); // after htmx's own, which makes it listen
setInterval(pollAtRest, 1000);
