// Vimeo's player. Source: https://github.com/vimeo/player.js (README: methods, events, seconds; src/lib/postmessage.js
// and src/player.js: {method, value} to the frame, {event, data} from it; "ping" is answered once it is ready).
import { progress, talk } from "./frame.js";

const EVENTS = { play: "play", pause: "pause", ended: "finish" };

export function connect(frame, tell) {
  let isReady = false;
  const ask = (method, value) => say({ method, value });
  const say = talk(frame, ({ event, method, data }) => {
    if (event === "ready" || method === "ping") begin();
    if (Object.hasOwn(EVENTS, event)) tell(EVENTS[event]);
    if (event === "timeupdate") progress(tell, data?.seconds, data?.duration);
  });

  function begin() {
    if (isReady) return;
    isReady = true;
    for (const name of [...Object.keys(EVENTS), "timeupdate"]) ask("addEventListener", name);
    ask("play");
  }

  frame.addEventListener("load", () => ask("ping"), { once: true });
  return { play: () => ask("play"), pause: () => ask("pause"), seek: (second) => ask("setCurrentTime", second) };
}
