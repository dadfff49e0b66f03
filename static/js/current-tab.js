// A row of tabs that scrolls sideways begins where the current one is seen.
for (const row of document.querySelectorAll(".setup__nav, .tabs")) {
  const current = row.querySelector("[aria-current]");
  if (!current) continue;
  const [whole, part] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
  row.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2;
}
