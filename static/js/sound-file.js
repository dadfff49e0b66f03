// Plays the sound file that the fragment names, at the host that the page's policy admits. No server sees the fragment.
const sound = document.querySelector("audio");
const why = document.querySelector("[data-why]");

sound.addEventListener("error", () => {
  sound.hidden = true;
  why.hidden = false;
});
sound.src = `https://${sound.dataset.host}/${window.location.hash.replace(/^#\/*/, "")}`;
