// A call's private link carries its code behind the “#”, which reaches no server, no log and no Referer. This page keeps it in
// the browser for a day and fills it in where the draft asks for it.
const DAY = 24 * 60 * 60 * 1000;
const nameOf = (call) => `code of ${call}`;

function kept(call) {
  try {
    const { code, until } = JSON.parse(localStorage.getItem(nameOf(call))) ?? {};
    return until > Date.now() ? code : "";
  } catch {
    return "";
  }
}

function keep(call, code) {
  try {
    localStorage.setItem(nameOf(call), JSON.stringify({ code, until: Date.now() + DAY }));
    return true;
  } catch {
    return false; // storage may be switched off; then the code is typed
  }
}

const page = document.querySelector("[data-call]");
const code = page && new URLSearchParams(location.hash.slice(1)).get("code");
if (code && keep(page.dataset.call, code)) page.querySelector("[data-has-code]").hidden = false;

const asked = document.querySelector("[data-code-of]");
const field = asked?.querySelector("input");
if (field && !field.value && (field.value = kept(asked.dataset.codeOf))) {
  addEventListener("load", () => field.dispatchEvent(new Event("change", { bubbles: true })));
}
