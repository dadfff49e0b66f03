"""Tracklists as people paste them: 1001Tracklists, video descriptions, numbered lists. Nothing is saved here."""

import re
from dataclasses import replace

from kit.forms import tidy, without_invisible
from recordings.tracklists import m3u, rekordbox
from recordings.tracklists.cue import looks_like_cue, reading_of_cue
from recordings.tracklists.line import (
    LONGEST_LABEL,
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_LINES,
    MOST_SIGNS,
    Line,
    Reading,
    UnreadableError,
    is_unknown,
    read_time,
)

DASH = r"[-‐‑‒–—―−－]"
SPACED = re.compile(rf"\s+{DASH}{{1,2}}\s+")
LONG = re.compile(r"\s?[–—―]\s?")
NUMBER = re.compile(r"^(?:#\s?[0-9]{1,3}\b|[0-9]{1,3}\s?[.)\]:](?![0-9])|0[0-9]{1,2}(?=\s))[.)\]:]?\s*")
CLOCK = r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?"
TIME_FIRST = re.compile(rf"^[(\[]?({CLOCK})[)\]]?(?=\s|{DASH}|$)\s*(?:{DASH}|\||:)?\s*")
TIME_LAST = re.compile(rf"\s(?:@\s?)?[(\[]?({CLOCK})[)\]]?$")
RANGE = re.compile(rf"^({CLOCK})\s?{DASH}\s?{CLOCK}(?=\s)")
MIXED = re.compile(r"^(?:w/|with:|\+(?=\s)|\(w/\))\s*", re.IGNORECASE)
LABEL = re.compile(r"\s\[([^\[\]]+)\]$")
BULLET = re.compile(r"^[•*·▶►♫♪→>-]+\s+")
ADDRESS = re.compile(r"https?://|www\.|@\w+\.", re.IGNORECASE)
ALONE = re.compile(r"^[0-9]{1,4}$")


def read(text: str) -> Reading:
    """Return the lines of a text in whichever of the usual forms. Raises UnreadableError."""
    if len(text) > MOST_SIGNS:
        raise UnreadableError("This is too long for a tracklist. Paste 100,000 signs at most.")
    rows = [without_invisible(tidy(row)) for row in text.splitlines()]
    if sum(map(bool, rows)) > 4 * MOST_LINES:
        raise UnreadableError(f"These are too many lines. A tracklist has {MOST_LINES} at most.")
    reading = _reading_of([row[: 4 * LONGEST_LINE] for row in rows])
    if len(reading.lines) > MOST_LINES:
        raise UnreadableError(f"A tracklist has {MOST_LINES} lines at most; this has {len(reading.lines)}.")
    return reading


def _reading_of(rows: list[str]) -> Reading:
    if looks_like_cue(rows):
        return reading_of_cue(rows)
    if m3u.is_playlist(rows):
        return m3u.reading_of(rows)
    if columns := rekordbox.columns_of(rows):
        return rekordbox.reading_of(rows, columns)
    return _Pasted().reading_of(rows)


def read_line(text: str) -> Line | None:
    """Return what one line says, None if it names nothing that was played."""
    bare, start, is_mixed, is_numbered = _lead_of(text)
    if len(bare) > LONGEST_LINE or (ADDRESS.search(bare) and start is None):
        return None
    if start is None and (found := TIME_LAST.search(bare)):
        start, bare = read_time(found[1]), bare[: found.start()].rstrip()
    bare, label = _without_label(bare)
    artist, title = _names_of(bare)
    if not artist and not title and is_unknown(bare):
        title = "ID"
    if not title and bare and (start is not None or is_mixed or is_numbered):
        title = bare
    if not title or max(len(artist), len(title)) > LONGEST_NAME or len(label) > LONGEST_LABEL:
        return None
    return Line(artist, title, start, label, is_mixed)


def _lead_of(text: str) -> tuple[str, int | None, bool, bool]:
    """Return a line without what stands before its names: number, time and "w/" in any order."""
    bare, start, is_mixed, is_numbered = BULLET.sub("", text), None, False, False
    for _ in range(4):
        if found := RANGE.match(bare) or TIME_FIRST.match(bare):
            if start is not None or read_time(found[1]) is None:
                break
            start = read_time(found[1])
        elif found := MIXED.match(bare):
            is_mixed = True
        elif found := NUMBER.match(bare):
            if is_numbered:
                break
            is_numbered = True
        else:
            break
        bare = bare[found.end() :].lstrip()
    return bare, start, is_mixed, is_numbered


def _without_label(text: str) -> tuple[str, str]:
    found = LABEL.search(text)
    return (text[: found.start()], found[1].strip()) if found else (text, "")


def _names_of(text: str) -> tuple[str, str]:
    """Return artist and title, both "" if nothing separates them."""
    for dash in (SPACED, LONG):
        parts = dash.split(text, maxsplit=1)
        if len(parts) == 2 and parts[0].strip() and parts[1].strip():
            return parts[0].strip(), parts[1].strip()
    return "", ""


class _Pasted:
    """Reads line by line; remembers what a copied page says on lines of their own before and after a name."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.unread: list[str] = []
        self._start: int | None = None
        self._is_mixed = False
        self._is_page = False  # numbers on lines of their own: copied from 1001Tracklists
        self._was_line = False

    def reading_of(self, rows: list[str]) -> Reading:
        for row in filter(None, rows):
            self._was_line = self._take(row) if not self._takes_alone(row) else False
        return Reading(self.lines, self.unread)

    def _takes_alone(self, row: str) -> bool:
        """Take a number, a time or "w/" that stands alone, for the next name."""
        if ALONE.match(row):
            self._is_page = True
        elif (start := read_time(row.strip("()[]"))) is not None:
            self._start = start
        elif row.casefold() == "w/":
            self._is_mixed = True
        else:
            return False
        return True

    def _take(self, row: str) -> bool:
        """Take a line; return whether it names what was played."""
        line = read_line(row)
        if line is None:
            if self._is_page and self._was_line and row.isupper() and not ADDRESS.search(row):
                self.lines[-1] = replace(self.lines[-1], record_label=row[:120])
            else:
                self.unread.append(row)
            return False
        if line.start_ms is None:
            line = replace(line, start_ms=self._start)
        self.lines.append(replace(line, is_mixed=line.is_mixed or self._is_mixed))
        self._start, self._is_mixed = None, False
        return True
