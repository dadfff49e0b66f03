// A key presses the button, link or field one can see whose aria-keyshortcuts says so: in the panel first, then in the
// pane, then anywhere. Never with Ctrl, Alt or Meta. While an answer is awaited keys queue, and mean then what they
// would have meant to somebody who waited; after a refusal those that wait are dropped, and the page says which.
import "./key_map.js";
import { begin, end, isPending, whenSettled } from "./pending.js";

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]), textarea, select, [contenteditable]";
const PRESSED_BY_ITSELF = "a[href], button, input, summary, audio, video";
const NAMED = ["Enter", "Escape", "Space", "Backspace"];
const queue = [];

// Rows of digits and letters as an English keyboard has them, where another layout gives neither: French digits lie
// behind Shift, and Greek or Russian letters are no shortcuts.
function keyOf({ key, code, shiftKey }) {
  if (key === " ") return "Space";
  if (key.length > 1 || shiftKey) return key;
  const [, digit, letter] = /^(?:(?:Digit|Numpad)(\d)|Key([A-Z]))$/.exec(code) ?? [];
  if (digit && !/\d/.test(key)) return digit;
  return (letter && key > "\x7f" ? letter : key).toLowerCase();
}

function isKeyOf(element, key) {
  const keys = element.getAttribute("aria-keyshortcuts").split(" ");
  return keys.includes(key) && !element.disabled && element.checkVisibility({ visibilityProperty: true });
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

function leave(field) {
  field.blur();
  document.getElementById("pane-title")?.focus({ preventScroll: true });
}

function write(field, { key, text }) {
  if (key === "Escape") leave(field);
  else if (key === "Backspace") document.execCommand("delete");
  else if (key === "Enter" && !field.matches("textarea")) field.form?.querySelector("[type=submit]")?.click();
  else document.execCommand("insertText", false, key === "Enter" ? "\n" : text);
}

// Does what a key that had to wait would have done by itself.
function act(stroke) {
  const here = document.activeElement;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return stroke.key === "Escape" && dialog.close();
  if (here.matches(TYPING)) return write(here, stroke);
  const isOwn = ["Enter", "Space"].includes(stroke.key) && here.closest(PRESSED_BY_ITSELF);
  const element = isOwn || find(stroke.key);
  return element && press(element);
}

function say(keys, why) {
  const toast = document.createElement("p");
  toast.className = "toast toast--warning";
  toast.textContent = `Not pressed: ${keys.map(({ key }) => key).join(" ")}. ${why}`;
  document.getElementById("messages").append(toast);
}

function proceed(isRefused) {
  if (isRefused && queue.length) say(queue.splice(0), "The step before was refused.");
  while (queue.length && !isPending()) act(queue.shift());
}

function isLeftAlone(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return true;
  return event.getModifierState("AltGraph");
}

function hold(stroke, event) {
  event.preventDefault();
  if (!event.repeat || queue.at(-1)?.key !== stroke.key) queue.push(stroke);
}

function onKey(event) {
  const stroke = { key: keyOf(event), text: event.key };
  if (isLeftAlone(event) || (stroke.key.length > 1 && !NAMED.includes(stroke.key))) return;
  const isTyping = event.target.matches(TYPING);
  if (queue.length || (isPending() && !isTyping)) return hold(stroke, event);
  if (document.querySelector("dialog[open]")) return;
  if (isTyping) return stroke.key === "Escape" && leave(event.target);
  if (["Enter", "Space"].includes(stroke.key) && event.target.closest(PRESSED_BY_ITSELF)) return;
  const element = find(stroke.key);
  if (!element) return;
  event.preventDefault();
  if (!event.repeat || element.matches("[rel=next], [rel=prev]")) press(element);
}

// A form without HTMX leaves the page: nothing is pressed on it any more.
function onLeave(event) {
  if (!event.defaultPrevented && event.target.method === "post" && !event.target.target) begin(event.target);
}

// A click on what is about to be replaced would be lost or hit something else.
function onClick(event) {
  const busy = document.querySelector("#pane[aria-busy], #panel[aria-busy]");
  const element = busy && event.isTrusted && event.target.closest("#pane :is([hx-get], [hx-post], [type=submit])");
  if (!element) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const key = element.getAttribute("aria-keyshortcuts")?.split(" ")[0];
  if (key && busy.id === "panel") queue.push({ key, text: key });
  else say([{ key: element.textContent.trim() }], "The page was still loading.");
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick, { capture: true });
document.addEventListener("submit", onLeave);
window.addEventListener("pageshow", ({ target, persisted }) => persisted && target.querySelectorAll("form").forEach((form) => end(form)));
whenSettled(proceed);
