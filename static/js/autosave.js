// Says why a draft could not save itself, where the server cannot say it, and tries again while it is out of reach.
const status = document.getElementById("autosave");
const form = document.getElementById("draft");
const AGAIN = 15_000;
let timer;

function say(words, link) {
  const line = document.createElement("p");
  line.className = "bad small";
  line.append("Not saved: ", words);
  if (link) line.append(" ", Object.assign(document.createElement("a"), { ...link, target: "_blank" }));
  status.replaceChildren(line);
}

function saveAgain() {
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function retry() {
  clearTimeout(timer);
  timer = setTimeout(saveAgain, AGAIN);
}

// Signing in elsewhere gives new tokens: this page takes over that of a fresh copy of itself.
async function renewToken() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#draft [name=csrfmiddlewaretoken]")?.value;
  if (!fresh) return false;
  form.querySelector("[name=csrfmiddlewaretoken]").value = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": fresh }));
  return true;
}

function signedOut(href) {
  say("you are signed out. What you typed is still here.", { href, textContent: "Sign in in a new tab, then go on here." });
  retry();
}

// Before a token is renewed twice in a row, something else is wrong.
let isRenewed = false;
async function refused() {
  const renewed = !isRenewed && await renewToken().catch(() => false);
  isRenewed = renewed;
  if (renewed) saveAgain();
  else signedOut(location.href);
}

function outOfReach(event) {
  if (!isOurs(event)) return;
  say("the server is out of reach. What you typed is still here; we keep trying.");
  retry();
}

function isOurs({ detail }) {
  return detail.target === status;
}

// The page stays and keeps what was typed by itself: it does not say whose it is, so that the server keeps no copy.
document.addEventListener("htmx:configRequest", (event) => {
  if (isOurs(event)) delete event.detail.parameters.typed_by;
});

// Once another tab saved, this one waits for a word before it writes over that.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (isOurs(event) && status.querySelector("[data-keep]")) event.preventDefault();
});

status.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (!button) return;
  form.elements.saved.value = button.dataset.keep;
  delete button.dataset.keep;
  saveAgain();
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!isOurs(event)) return;
  const { xhr } = event.detail;
  const isGone = xhr.getResponseHeader("HX-Redirect");
  if (!isGone && xhr.status !== 403) {
    isRenewed = false;
    clearTimeout(timer);
    return;
  }
  event.preventDefault();
  if (isGone) signedOut(isGone);
  else refused();
});
document.addEventListener("htmx:responseError", outOfReach);
document.addEventListener("htmx:sendError", outOfReach);
window.addEventListener("online", saveAgain);
