// Tells the server which rows this page shows, and keeps the focus when a fresh row takes another's place.
const MOST = 180; // rows; the server takes 200
const LONGEST = 3700; // signs of an address, so that the request line stays below 4,000 bytes
const WORD = 16; // a row in it: 4K7Q9XMD.a1b2c3~
const PLACES = ["[name=pick]", "a:first-child", "a + a"]; // of a row, where the focus may be

let tellsOfPresence = false;

// What a row's id ("row-TF-4K7Q-9XMD") and version ("2.a1b2c3", the second a hash of all that it shows) say.
const wordOf = ({ id, dataset }) => `${id.slice(7).replace("-", "")}.${dataset.version.split(".")[1]}`;

// What arrived comes first, then what is nearest to the reader.
function nearest(count) {
  const distance = (row) => Math.abs(row.getBoundingClientRect().top - innerHeight / 2);
  const isFirst = (row) => row.closest("#arrived") || "twice" in row.dataset;
  const rows = [...document.querySelectorAll("#arrived .row, #rows .row")];
  const far = new Map(rows.map((row) => [row, isFirst(row) ? -1 : distance(row)]));
  return rows.sort((one, other) => far.get(one) - far.get(other)).slice(0, count);
}

function ask({ detail }) {
  const { elt, headers, parameters, path } = detail;
  if (elt.id !== "live") return;
  const room = Math.floor((LONGEST - path.length) / WORD);
  parameters.seen = nearest(Math.min(room, MOST)).map(wordOf).join("~");
  parameters.since = elt.dataset.since;
  parameters.counts = document.getElementById("tabs")?.dataset.counts ?? "";
  parameters.arrived = document.querySelectorAll("#arrived .row").length;
  if (elt.dataset.etag) headers["If-None-Match"] = elt.dataset.etag;
}

// Only after an answer without rows: what another swap undid must be told again, not answered with "as before".
function remember({ detail: { elt, xhr } }) {
  if (elt.id !== "live" || xhr.status !== 200) return;
  elt.dataset.etag = xhr.responseText.includes('id="row-') ? "" : xhr.getResponseHeader("ETag");
}

// Passes over an answer to a list that is no longer on the page.
function refuseLate({ detail }) {
  const { elt } = detail.requestConfig;
  tellsOfPresence = elt.id === "live";
  if (tellsOfPresence && !elt.isConnected) detail.shouldSwap = false;
}

// The list itself sees to what is ticked and which row is shown. Who is there only answers to our own question say:
// a row that another one draws keeps its mark until then.
function keep({ detail }) {
  const { target, fragment } = detail;
  if (!target.matches(".row")) return;
  const fresh = fragment.firstElementChild;
  const focused = target.contains(document.activeElement) && PLACES.find((place) => document.activeElement.matches(place));
  if (focused) queueMicrotask(() => fresh.querySelector(focused).focus({ preventScroll: true }));
  if ("twice" in target.dataset) fresh.dataset.twice = "";
  const here = target.querySelector(".row__here");
  if (here && !tellsOfPresence) keepMark(fresh, here);
}

// The row shows more than its version says, so that the next answer must draw it anew.
function keepMark(row, here) {
  row.querySelector("div > p:last-of-type").after(here);
  row.dataset.version = `${row.dataset.version.split(".")[0]}.0`;
}

// A row that arrived and is then met further down as well stands there alone.
function dropTwins() {
  for (const row of document.querySelectorAll("#arrived .row")) {
    const twin = document.querySelector(`#rows > #${row.id}`);
    if (!twin) continue;
    twin.dataset.twice = "";
    row.remove();
  }
}

document.addEventListener("htmx:configRequest", ask);
document.addEventListener("htmx:afterRequest", remember);
document.addEventListener("htmx:beforeSwap", refuseLate);
document.addEventListener("htmx:oobBeforeSwap", keep);
document.addEventListener("htmx:afterSettle", dropTwins);
