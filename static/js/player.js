// Loads the host's player behind the still panel when somebody presses play; where the host has a protocol
// (listening/*.js), the same button then pauses and plays.
// Tells the page with bubbling events, detail {reference}: "player:loaded", "player:play", "player:pause",
// "player:finish", "player:progress" {position, duration} in seconds.
const PROTOCOLS = {
  audio: () => import("./listening/audio.js"),
  file: () => import("./listening/file.js"),
  soundcloud: () => import("./listening/soundcloud.js"),
  vimeo: () => import("./listening/vimeo.js"),
  youtube: () => import("./listening/youtube.js"),
}; // fetched with the first play
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
const controls = new WeakMap();
const wanted = new WeakMap(); // the second to go to once it plays

function frame({ src, shape, referrerPolicy, title }, protocol) {
  const iframe = document.createElement("iframe");
  iframe.className = shape ? `player__frame player__frame--${shape}` : "player__frame";
  iframe.title = title;
  iframe.referrerPolicy = referrerPolicy;
  iframe.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  if (!src.startsWith("/")) iframe.setAttribute("sandbox", SANDBOX); // our own frame has a policy of its own
  iframe.src = protocol?.address?.(src) ?? src;
  return iframe;
}

function audio({ src, title }) {
  const element = document.createElement("audio");
  element.className = "player__frame";
  element.controls = true;
  element.autoplay = true;
  element.setAttribute("aria-label", title);
  element.src = src;
  return element;
}

function tell(player, name, detail = {}) {
  const { reference } = player.dataset;
  player.dispatchEvent(new CustomEvent(`player:${name}`, { bubbles: true, detail: { reference, ...detail } }));
}

// What plays holds the page's key for playing, and plays alone.
function takeKey(player) {
  const button = player.querySelector("[data-player-button]");
  const holder = document.querySelector("[data-player-button][aria-keyshortcuts]");
  if (!holder || holder === button) return;
  button.setAttribute("aria-keyshortcuts", holder.getAttribute("aria-keyshortcuts"));
  button.append(...holder.querySelectorAll("kbd"));
  holder.removeAttribute("aria-keyshortcuts");
}

function showPlaying(player, isPlaying) {
  player.classList.toggle("is-playing", isPlaying);
  for (const words of player.querySelectorAll("[data-player-when]")) {
    words.hidden = (words.dataset.playerWhen === "playing") !== isPlaying;
  }
}

function goWhereWanted(player) {
  if (wanted.has(player)) controls.get(player)?.seek(wanted.get(player));
  wanted.delete(player);
}

function heard(player, name, detail) {
  if (name !== "progress") showPlaying(player, name === "play");
  if (name === "play") {
    goWhereWanted(player);
    takeKey(player);
    for (const other of document.querySelectorAll(".player.is-playing")) if (other !== player) controls.get(other)?.pause();
  }
  tell(player, name, detail);
}

function loaded(player) {
  player.classList.replace("is-loading", "is-loaded");
  tell(player, "loaded");
}

async function load(player, button) {
  const { dataset } = player;
  const isAudio = dataset.kind === "audio";
  player.classList.add("is-loading");
  const protocol = await PROTOCOLS[dataset.protocol]?.();
  const element = isAudio ? audio(dataset) : frame(dataset, protocol);
  player.querySelector("[data-player-why]")?.remove();
  element.addEventListener(isAudio ? "loadedmetadata" : "load", () => loaded(player), { once: true });
  player.querySelector(".player__deck").before(element);
  if (protocol) return controls.set(player, protocol.connect(element, (name, detail) => heard(player, name, detail)));
  button.remove();
  return element.focus();
}

// A position in a text plays the page's first player from there (data-play-from, in seconds).
function playFrom(second) {
  const player = document.querySelector("[data-player]");
  const button = player?.querySelector("[data-player-button]");
  if (!button) return;
  player.scrollIntoView({ block: "nearest" });
  wanted.set(player, second);
  if (player.classList.contains("is-playing")) goWhereWanted(player);
  else button.click();
}

document.addEventListener("click", ({ target }) => {
  const position = target.closest("[data-play-from]");
  if (position) playFrom(Number(position.dataset.playFrom));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-player-button]");
  if (!button) return;
  const player = button.closest("[data-player]");
  if (player.classList.contains("is-playing")) controls.get(player).pause();
  else if (player.classList.contains("is-loading")) return;
  else if (controls.has(player)) controls.get(player).play();
  else load(player, button);
});
