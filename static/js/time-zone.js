// Proposes the browser's own time zone where nobody has chosen one yet.
const select = document.querySelector("[data-guess-time-zone] select[name='time_zone']");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (select?.value === "UTC" && [...select.options].some((option) => option.value === zone)) select.value = zone;
