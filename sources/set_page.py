"""What a page says in the words of schema.org: its JSON-LD, its microdata of recordings, and the site's times.

Returned as plain values (`ld`, `rows`), which can be kept; `sources.set_lines` reads lines out of them.
"""

from html.parser import HTMLParser
from typing import Any

from sources.json_text import Unreadable, clean, parse

MOST = 2000
"""Recordings of a page."""
RECORDING = "schema.org/musicrecording"
FACTS = frozenset({"name", "byArtist"})


class _Reader(HTMLParser):
    """A row of the site (`tlpItem`) has a time and a recording, in any order; "w/" stands before what is mixed in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ld: list[Any] = []
        self.rows: list[dict[str, str]] = []
        self._script: list[str] | None = None
        self._begin_row()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "script" and told.get("type", "").lower() == "application/ld+json":
            self._script = []
        elif "tlpItem" in told.get("class", "").split():
            self._begin_row()
        elif RECORDING in told.get("itemtype", "").lower():
            self._begin_recording()
        elif tag == "meta" and self._row is not None and told.get("itemprop") in FACTS:
            self._row.setdefault(told["itemprop"], clean(told.get("content", ""))[:500])
        elif tag == "input" and told.get("id", "").endswith("_cue_seconds"):
            self._note("seconds", told.get("value", "")[:10])

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        elif data.strip() == "w/":
            self._note("mixed", "w/")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            script, self._script = "".join(self._script), None
            self.ld.append(parse(script.encode("utf-8", "replace")))

    def _begin_row(self) -> None:
        self._row: dict[str, str] | None = None
        self._noted: dict[str, str] = {}

    def _begin_recording(self) -> None:
        if len(self.rows) >= MOST:
            raise Unreadable("too many recordings")
        self._row, self._noted = self._noted, {}
        self.rows.append(self._row)

    def _note(self, name: str, value: str) -> None:
        into = self._noted if self._row is None else self._row
        into.setdefault(name, clean(value))


def parse_page(body: bytes) -> dict[str, Any]:
    """Return what a page says. Raises Unreadable if it says nothing of recordings."""
    reader = _Reader()
    reader.feed(body.decode("utf-8", "replace"))
    if not reader.ld and not reader.rows:
        raise Unreadable("no data on the page")
    return {"ld": reader.ld, "rows": reader.rows}
