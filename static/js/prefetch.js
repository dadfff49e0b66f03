// Fetches the next demo of the list while somebody looks at this one, so that it is shown at once. Looking leaves no trace,
// and what was fetched is passed over once its row says something newer.
import { begin, end, isPending, markBusy, whenSettled } from "./pending.js";

const QUIET = 30; // milliseconds after which this one is drawn
const FRESH = 30_000; // milliseconds

let ahead = null; // {url, moment, pane, title}
let coming = null; // {url, answer: a promise of what ahead holds, null for none}
let named = ""; // the address that a decision on its way told
let wanted = null; // the promise that somebody waits for
let staged = null; // {pane, ids}: what is laid out already, though nobody sees it yet
let rest;

const nextLink = () => document.querySelector('#pane a[rel="next"]');

// All that can be done before it is wanted: htmx has looked at the pane when a key shows it.
function prepare(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const pane = document.adoptNode(template.content.getElementById("pane"));
  window.htmx.process(pane);
  return { pane, title: template.content.querySelector("title").textContent };
}

async function ask(url) {
  const headers = { "HX-Request": "true", "HX-Target": "pane", "HX-Current-URL": location.href, "X-Prefetch": "true" };
  try {
    const answer = await fetch(url, { headers });
    return answer.ok && !answer.redirected ? { url, moment: Date.now(), ...prepare(await answer.text()) } : null;
  } catch {
    return null; // it is asked for when it is wanted
  }
}

async function fetchNext() {
  const url = nextLink()?.getAttribute("hx-get");
  if (!url || isPending() || document.visibilityState !== "visible" || [ahead?.url, coming?.url].includes(url)) return;
  const mine = { url, answer: ask(url) };
  coming = mine;
  const found = await mine.answer;
  if (coming !== mine) return;
  coming = null;
  ahead = found;
}

function fetchSoon() {
  clearTimeout(rest);
  rest = setTimeout(fetchNext, QUIET);
}

function isFresh({ moment, pane }) {
  return Date.now() - moment < FRESH && isCurrent(pane.dataset);
}

function isCurrent({ reference, version }) {
  const row = document.getElementById(`row-${reference}`);
  return !row || row.dataset.version.split(".")[0] === version;
}

// Returns what is here of an address, or a promise of it.
function take(url) {
  const found = ahead?.url === url && isFresh(ahead) ? ahead : null;
  const promised = coming?.url === url ? coming.answer : null;
  ahead = null;
  coming = null;
  return found ?? promised;
}

// Old messages go with what they were about; what can be undone stays until another decision.
function clearMessages() {
  for (const toast of document.querySelectorAll("#messages > :not(:has([hx-post]))")) toast.remove();
}

// A pane that is taken away with the focus in it would first be laid out beside the new one.
function place({ url, pane, title }) {
  const old = document.getElementById("pane");
  if (old.contains(document.activeElement)) document.activeElement.blur();
  if (pane === staged?.pane) {
    old.remove();
    giveIdsBack();
  } else old.replaceWith(pane);
  document.title = title;
  history.pushState({ htmx: true }, "", url);
}

function show(found) {
  place(found);
  window.htmx.trigger(found.pane, "htmx:afterSettle", { elt: found.pane });
}

// Keys wait for what is on its way; what does not come, or comes too late, is asked for as if it had never been.
async function showOnceThere(url, promise) {
  wanted = promise;
  begin(promise);
  const rest = markBusy(document.getElementById("pane"));
  const found = await promise;
  rest();
  if (wanted === promise) {
    if (found && isFresh(found)) show(found);
    else window.htmx.ajax("GET", url, { source: nextLink(), target: "#pane", swap: "outerHTML" }).catch(() => {});
  }
  end(promise);
}

function takeTheirPlace(event) {
  const { target, requestConfig: { verb, path } } = event.detail;
  if (target?.id !== "pane") return;
  clearTimeout(rest);
  wanted = null;
  if (verb !== "get") return;
  clearMessages();
  const found = take(path);
  if (!found) return;
  event.preventDefault();
  if (found instanceof Promise) showOnceThere(path, found);
  else show(found);
}

// A decision says what is here already, and its answer that it is the next one.
function nameNext({ detail: { target, verb, headers } }) {
  if (target?.id !== "pane" || verb !== "post") return;
  const url = nextLink()?.getAttribute("hx-get");
  named = url && ((ahead?.url === url && isFresh(ahead)) || coming?.url === url) ? url : "";
  if (!named) return;
  headers["X-Prefetched"] = named;
  setTimeout(stage); // once it was sent
}

// While the answer to a decision is on its way, the next demo is laid out behind the one that was decided, out of sight:
// without ids, since nothing may be found there that is not shown.
function stage() {
  if (!isPending() || !ahead || ahead.url !== named || staged) return;
  const { pane } = ahead;
  staged = { pane, ids: [pane, ...pane.querySelectorAll("[id]")].map((element) => [element, element.id]) };
  for (const [element] of staged.ids) element.removeAttribute("id");
  pane.dataset.staged = "";
  pane.setAttribute("aria-hidden", "true");
  document.getElementById("pane").after(pane);
  pane.getBoundingClientRect();
}

function giveIdsBack() {
  for (const [element, id] of staged.ids) element.id = id;
  staged.pane.removeAttribute("aria-hidden");
  delete staged.pane.dataset.staged;
  staged = null;
}

function unstage() {
  staged?.pane.remove();
  if (staged) giveIdsBack();
}

// Row, counts and message of what was decided.
function swapBeside(html) {
  window.htmx.swap("#pane", html, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
}

// Once the next demo is drawn, which somebody waits to see; keys wait for both.
function swapOnceDrawn(html) {
  const cause = {};
  begin(cause);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    swapBeside(html);
    end(cause);
  }));
}

function showNext({ detail: answer }) {
  if (!answer.xhr.getResponseHeader("X-Show-Prefetched")) {
    if (answer.target.id === "pane") unstage();
    return;
  }
  answer.shouldSwap = false;
  const found = take(named);
  if (found && !(found instanceof Promise)) {
    show(found);
    swapOnceDrawn(answer.serverResponse);
  } else {
    swapBeside(answer.serverResponse);
    showOnceThere(named, Promise.resolve(found));
  }
}

document.addEventListener("htmx:configRequest", nameNext);
document.addEventListener("htmx:beforeRequest", takeTheirPlace);
document.addEventListener("htmx:beforeSwap", showNext);
document.addEventListener("htmx:afterSettle", fetchSoon);
whenSettled(() => isPending() || unstage());
whenSettled(fetchSoon);
fetchSoon();
