// The switch goes round: system, light, dark. The choice is remembered on this device.
const THEMES = ["system", "light", "dark"];
const ICONS = { system: "system", light: "sun", dark: "moon" };

const root = document.documentElement;

function current() {
  return root.dataset.theme ?? "system";
}

function remember(theme) {
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
}

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function show() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${ICONS[current()]}`));
    button.querySelector("[data-theme-name]").textContent = current();
  }
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-switch]")) return;
  const next = THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length];
  apply(next);
  remember(next);
  show();
});

show();
