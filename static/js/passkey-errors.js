// Says why a passkey was not made or used; allauth's scripts tell of it by an event and show nothing.
const WORDS = {
  NotAllowedError: "Nothing was done: the passkey was cancelled, or took too long. Try again.",
  InvalidStateError: "This device holds a passkey of this account already.",
  SecurityError: "Passkeys do not work at this address. It needs a name, and HTTPS unless it is localhost.",
  NotSupportedError: "This device cannot make such a passkey.",
};
const OTHER = "Your browser could not use a passkey here. Sign in with your password, or use another browser.";

document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  event.preventDefault();
  place.textContent = WORDS[event.detail.exception?.name] ?? OTHER;
  place.hidden = false;
});
