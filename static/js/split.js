// The list beside the pane: opens what is clicked in it, marks the row that is shown and keeps it in sight, takes the focus along, fetches more rows
// before one comes to their end, counts what is ticked, and goes back and forth without drawing the list anew.
import { ownKey } from "./key_map.js";

const NEAR_THE_END = 3;
const ticked = new Set();
let last = "";

const pane = () => document.getElementById("pane");
const rowOf = (reference) => document.getElementById(`row-${reference}`);

function mark() {
  for (const old of document.querySelectorAll(".rows [aria-current]")) old.removeAttribute("aria-current");
  for (const old of document.querySelectorAll(".rows [name=pick][aria-keyshortcuts]")) old.removeAttribute("aria-keyshortcuts");
  const row = rowOf(pane()?.dataset.reference);
  row?.querySelector("a").setAttribute("aria-current", "true");
  const key = ownKey("x");
  if (key) row?.querySelector("[name=pick]").setAttribute("aria-keyshortcuts", key);
  return row;
}

// What hx-get on each title would do; a click that asks for another tab or window is the browser's.
function open(event) {
  const link = event.target.closest(".row a:first-child");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.getAttribute("href"), { source: link, target: "#pane", swap: "outerHTML" }).catch(() => {}); // as silent as hx-get
}

function fetchMore(row) {
  const rows = [...document.querySelectorAll("#rows > .row")];
  if (!row || rows.length - rows.indexOf(row) <= NEAR_THE_END) document.querySelector("#more a")?.click();
}

function isTyping() {
  return document.activeElement?.matches("input:not([type=checkbox], [type=radio]), textarea, select") ?? false;
}

function follow() {
  const row = mark();
  const shown = pane().dataset.reference ?? "";
  if (shown) fetchMore(row);
  (row ?? rowOf(last))?.scrollIntoView({ block: "nearest" });
  if (!isTyping()) (shown ? document.getElementById("pane-title") : rowOf(last)?.querySelector("a"))?.focus({ preventScroll: true });
  if (shown && pane().getBoundingClientRect().top < 0) pane().scrollIntoView();
  last = shown || last;
}

function tick() {
  for (const box of document.querySelectorAll(".rows [name=pick]")) box.checked = ticked.has(box.value);
  const bar = document.getElementById("picked");
  if (!bar) return;
  bar.querySelector("[data-picked-count]").value = ticked.size;
  bar.querySelector("[type=submit]").disabled = ticked.size < 2 || ticked.size > 4;
}

function onTick({ target }) {
  if (target.name !== "pick") return;
  if (target.checked) ticked.add(target.value);
  else ticked.delete(target.value);
  tick();
  for (const row of [rowOf(pane()?.dataset.reference), target.closest(".row")]) row?.scrollIntoView({ block: "nearest" }); // the bar took room
}

function hasThisList() {
  const list = new URLSearchParams(document.getElementById("queue")?.dataset.list);
  return pane() && list.get("q") === (new URLSearchParams(location.search).get("q") ?? "");
}

function onBackOrForth(event) {
  if (!document.getElementById("queue") || !hasThisList()) return;
  event.stopImmediatePropagation();
  window.htmx.ajax("GET", location.href, { target: "#pane", swap: "outerHTML" });
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "pane") follow();
  else mark();
  tick();
});
document.addEventListener("click", open);
document.addEventListener("change", onTick);
document.addEventListener("reset", ({ target }) => {
  if (target.id !== "picks") return;
  ticked.clear();
  setTimeout(tick);
});
window.addEventListener("popstate", onBackOrForth, { capture: true });
for (const box of document.querySelectorAll(".rows [name=pick]:checked")) ticked.add(box.value);
tick();
mark()?.scrollIntoView({ block: "nearest" });
last = pane()?.dataset.reference ?? "";
