// SoundCloud's widget. Source: https://developers.soundcloud.com/docs/api/html5-widget (methods and events, times in
// milliseconds); its api.js sends them as JSON texts {method, value}, and the widget answers in the same form.
import { progress, talk } from "./frame.js";

const EVENTS = ["play", "pause", "finish", "playProgress"];

export function connect(frame, tell) {
  let duration;
  const ask = (method, value) => say(JSON.stringify({ method, value }));
  const hears = {
    ready() {
      for (const name of EVENTS) ask("addEventListener", name);
      ask("play");
    },
    play() {
      ask("getDuration");
      tell("play");
    },
    pause: () => tell("pause"),
    finish: () => tell("finish"),
    getDuration: (value) => { duration = value / 1000; },
    playProgress: (value) => progress(tell, value?.currentPosition / 1000, duration),
  };
  const say = talk(frame, ({ method, value }) => Object.hasOwn(hears, method) && hears[method](value));
  return { play: () => ask("play"), pause: () => ask("pause"), seek: (second) => ask("seekTo", second * 1000) };
}
