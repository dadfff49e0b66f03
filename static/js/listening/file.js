// A sound file in our own frame (js/sound-file.js): its audio element is followed like one of the page.
import { connect as connectAudio } from "./audio.js";

export function connect(frame, tell) {
  let sound;
  let hold = null;
  frame.addEventListener("load", () => {
    sound = frame.contentDocument?.querySelector("audio");
    if (!sound) return;
    hold = connectAudio(sound, tell);
    if (!sound.paused) tell("play");
  });
  return { play: () => hold?.play(), pause: () => hold?.pause(), seek: (second) => hold?.seek(second) };
}
