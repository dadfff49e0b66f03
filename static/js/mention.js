/** Inserts a mention where one writes: buttons with `data-mention`, into the field that `data-into` names. */
document.addEventListener("click", (event) => {
  const chip = event.target.closest("button[data-mention]");
  const field = chip && document.getElementById(chip.dataset.into);
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const text = `${/(^|\s)$/.test(before) ? "" : " "}@${chip.dataset.mention}${/^\s/.test(after) ? "" : " "}`;
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
