// Completes a colleague's name after an @ in a field with data-mentions="<id of the list>": arrows choose, Enter or Tab
// writes it, Escape closes. The field keeps the focus; the list tells screen readers which name is chosen.
const BEFORE = /(?:^|[^\p{L}\p{N}_@.+-])@([\p{L}\p{N}_.'+-]*(?: [\p{L}\p{N}_.'+-]*)?)$/u;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

let field = null;

const listOf = () => document.getElementById(field?.dataset.mentions);
const shown = () => [...(listOf()?.querySelectorAll("[role=option]:not([hidden])") ?? [])];
const typed = () => BEFORE.exec(field.value.slice(0, field.selectionStart))?.[1];

function choose(option) {
  for (const each of shown()) each.setAttribute("aria-selected", String(each === option));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function close() {
  const list = listOf();
  if (!list) return;
  list.hidden = true;
  field.removeAttribute("aria-activedescendant");
  document.getElementById("mention-status").textContent = "";
}

function open() {
  const name = typed();
  if (name === undefined) return close();
  const list = listOf();
  for (const option of list.children) {
    const words = fold(option.textContent.trim()).split(/\s+/);
    option.hidden = !fold(option.dataset.mention).startsWith(fold(name)) && !words.some((word) => word.startsWith(fold(name)));
  }
  const found = shown();
  list.hidden = !found.length;
  if (!found.length) return close();
  choose(found[0]);
  const status = document.getElementById("mention-status");
  status.textContent = `${found.length} ${found.length === 1 ? "colleague" : "colleagues"}. Arrow keys choose, Enter writes the name.`;
}

function write(option) {
  const end = field.selectionStart;
  const after = /^\s/.test(field.value.slice(end)) ? "" : " ";
  field.setRangeText(`@${option.dataset.mention}${after}`, end - typed().length - 1, end, "end");
  close();
}

function move(step) {
  const found = shown();
  const place = found.findIndex((each) => each.getAttribute("aria-selected") === "true");
  choose(found[(place + step + found.length) % found.length]);
}

function onKey(event) {
  if (event.target !== field || listOf()?.hidden !== false || event.isComposing) return;
  const does = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => write(shown().find((each) => each.getAttribute("aria-selected") === "true")),
    Tab: () => write(shown().find((each) => each.getAttribute("aria-selected") === "true")),
    Escape: close,
  }[event.key];
  if (!does || event.shiftKey) return;
  event.preventDefault();
  does();
}

document.addEventListener("input", ({ target }) => {
  if (!target.dataset.mentions || !document.getElementById(target.dataset.mentions)) return;
  field = target;
  open();
});
document.addEventListener("keydown", onKey, { capture: true });
document.addEventListener("focusout", ({ target }) => target === field && close());
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[role=option][data-mention]");
  if (!option) return;
  event.preventDefault(); // the field keeps the focus
  write(option);
});
