// A native audio element. Source: https://html.spec.whatwg.org/multipage/media.html (events, seconds).
import { progress } from "./frame.js";

const EVENTS = { play: "play", pause: "pause", ended: "finish" };

export function connect(element, tell) {
  for (const [name, told] of Object.entries(EVENTS)) element.addEventListener(name, () => tell(told));
  element.addEventListener("timeupdate", () => progress(tell, element.currentTime, element.duration));
  return {
    play: () => element.play(),
    pause: () => element.pause(),
    seek: (second) => { element.currentTime = second; },
  };
}
