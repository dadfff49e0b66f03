// YouTube's embedded player. Source: https://developers.google.com/youtube/player_parameters (enablejsapi, origin) and
// https://developers.google.com/youtube/iframe_api_reference (functions, states, seconds). The messages are those that
// its iframe_api script exchanges with the frame: JSON texts; infoDelivery holds only what changed.
import { progress, talk } from "./frame.js";

const STATES = { 0: "finish", 1: "play", 2: "pause" };
const AGAIN = 250;
const MOST = 60;

export function address(src) {
  const url = new URL(src);
  url.searchParams.set("enablejsapi", "1");
  url.searchParams.set("origin", location.origin);
  return url.href;
}

export function connect(frame, tell) {
  let duration, tries = 0, isHeard = false, isReady = false, state;
  const command = (func, ...args) => say(JSON.stringify({ event: "command", func, args, id: 1, channel: "widget" }));
  const say = talk(frame, ({ event, info }) => {
    isHeard = true;
    if (event === "onReady" || event === "initialDelivery") begin();
    if (!info || typeof info !== "object") return;
    duration = info.duration ?? duration;
    if (Object.hasOwn(STATES, info.playerState) && info.playerState !== state) tell(STATES[info.playerState]);
    state = info.playerState ?? state;
    if (state === 1) progress(tell, info.currentTime, duration);
  });

  function begin() {
    if (!isReady) command("playVideo");
    isReady = true;
  }

  // The frame is deaf until its own script runs, so it is told until it answers that somebody listens.
  function greet() {
    if (isHeard || !frame.isConnected || tries++ > MOST) return;
    say(JSON.stringify({ event: "listening", id: 1, channel: "widget" }));
    setTimeout(greet, AGAIN);
  }

  frame.addEventListener("load", greet, { once: true });
  return {
    play: () => command("playVideo"),
    pause: () => command("pauseVideo"),
    seek: (second) => command("seekTo", second, true),
  };
}
