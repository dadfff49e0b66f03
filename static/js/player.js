// Loads the host's player behind the still panel, when and only when somebody presses play.
// Tells the page with bubbling events: "player:loaded", and for audio "player:played" {seconds, duration}.
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";

function frame({ src, shape, referrerPolicy, title }) {
  const iframe = document.createElement("iframe");
  iframe.className = shape ? `player__frame player__frame--${shape}` : "player__frame";
  iframe.title = title;
  iframe.referrerPolicy = referrerPolicy;
  iframe.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  iframe.setAttribute("sandbox", SANDBOX);
  iframe.src = src;
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
  const reference = player.dataset.reference;
  player.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { reference, ...detail } }));
}

function reportSeconds(player, element) {
  let seconds = 0;
  let last = 0;
  element.addEventListener("timeupdate", () => {
    const step = element.currentTime - last;
    if (step > 0 && step < 2) seconds += step;
    last = element.currentTime;
  });
  const report = () => tell(player, "player:played", { seconds: Math.round(seconds), duration: Math.round(element.duration) || 0 });
  for (const name of ["pause", "ended"]) element.addEventListener(name, report);
}

function loaded(player) {
  player.classList.replace("is-loading", "is-loaded");
  tell(player, "player:loaded");
}

function load(player) {
  const isAudio = player.dataset.kind === "audio";
  const element = isAudio ? audio(player.dataset) : frame(player.dataset);
  player.classList.add("is-loading");
  for (const used of player.querySelectorAll("[data-player-load], [data-player-why]")) used.remove();
  element.addEventListener(isAudio ? "loadedmetadata" : "load", () => loaded(player), { once: true });
  if (isAudio) reportSeconds(player, element);
  player.querySelector(".player__deck").before(element);
  element.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-player-load]");
  if (button) load(button.closest("[data-player]"));
});
