// Loads what an open demo needs once there is one; keys wait until it is there.
import { begin, end } from "./pending.js";

let isAsked = false;

function loadOnce() {
  if (isAsked || !document.querySelector("#pane[data-reference]")) return;
  isAsked = true;
  begin(loadOnce);
  Promise.all([
    import("./player.js"),
    import("./listening.js"),
    import("./review.js"),
    import("./mention.js"),
    import("./prefetch.js"),
    import("./welcome.js"),
  ]).finally(() => end(loadOnce));
}

document.addEventListener("htmx:afterSettle", loadOnce);
loadOnce();
