// Counts which whole seconds of a track ran in our players, and tells the desk once per sitting.
// A sitting ends with the track, when the page or its part goes, and before anything is decided (docs/listening.md).
import { begin, end } from "./pending.js";

const LEAST = 5; // seconds worth a fact; the server asks for as many
const LONGEST_STEP = 3; // seconds between two reports; what jumps farther was sought, not heard
const FASTEST = 2; // times the usual speed
const SLACK = 0.5; // seconds by which reports come late
const PATIENCE = 2_000; // milliseconds a decision waits for us

const sittings = new Map();
const unsent = new Map();

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function start(player, url, total, position) {
  const sitting = { url, total, position, run: position, moment: performance.now(), heard: new Set(), key: newKey() };
  sittings.set(player, sitting);
}

// A second counts once at least half of it ran through; a step that is too long or too quick begins a new run.
function pass(sitting, position) {
  const moment = performance.now();
  const step = position - sitting.position;
  const isRunning = step >= 0 && step <= LONGEST_STEP && step <= (FASTEST * (moment - sitting.moment)) / 1000 + SLACK;
  if (!isRunning) sitting.run = position;
  for (let second = Math.max(Math.round(sitting.run), Math.floor(sitting.position)); second + 1 <= position; second += 1) {
    if (isRunning && second < sitting.total) sitting.heard.add(second);
  }
  Object.assign(sitting, { position, moment });
}

function finish(player) {
  const sitting = sittings.get(player);
  sittings.delete(player);
  if (sitting?.heard.size >= LEAST) unsent.set(sitting.key, sitting);
}

// The server knows a sitting by its key, so what got no answer is sent again with the next.
function send(sitting) {
  const { url, total, key, heard } = sitting;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  sitting.sending ??= fetch(url, {
    method: "POST",
    keepalive: true,
    headers: { "x-csrftoken": token },
    body: new URLSearchParams({ seconds: heard.size, total, key }),
  }).then(() => unsent.delete(key), () => { sitting.sending = null; });
  return sitting.sending;
}

function flush(players = [...sittings.keys()]) {
  players.forEach(finish);
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  return Promise.race([Promise.all([...unsent.values()].map(send)), late]);
}

const hasSomething = () => unsent.size > 0 || [...sittings.values()].some(({ heard }) => heard.size >= LEAST);
const without = (test) => [...sittings.keys()].filter((player) => !test(player));

document.addEventListener("player:progress", ({ target, detail: { position, duration } }) => {
  const url = target.closest("[data-listened]")?.dataset.listened;
  const total = Math.floor(duration);
  if (!url || total < 1) return;
  const sitting = sittings.get(target);
  if (sitting && Math.abs(sitting.total - total) <= 1) return pass(sitting, position);
  if (sitting) flush([target]); // another length is another recording
  return start(target, url, total, position);
});

document.addEventListener("player:finish", ({ target }) => {
  const sitting = sittings.get(target);
  if (sitting) pass(sitting, sitting.total);
  flush([target]);
});

document.addEventListener("htmx:confirm", (event) => {
  const { target, issueRequest } = event.detail;
  const isEnd = target.id === "panel" || [...sittings.keys()].some((player) => target.contains(player));
  if (!isEnd || !hasSomething()) return;
  event.preventDefault();
  begin(event);
  flush().finally(() => {
    issueRequest(false);
    end(event);
  });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]") || !hasSomething()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  flush().finally(() => { unsent.clear(); form.requestSubmit(event.submitter); });
}, { capture: true });

document.addEventListener("htmx:afterSettle", () => flush(without((player) => player.isConnected)));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flush(without((player) => player.matches(".is-playing")));
});
window.addEventListener("pagehide", () => flush());
