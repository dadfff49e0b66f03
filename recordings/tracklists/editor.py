"""A tracklist while somebody edits it: rows as they were typed, what is done to them, and what is wrong with them.

Nothing is saved before “Save tracklist”: each press in between sends all rows, and gets them back changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from kit.charsets import text_of
from kit.forms import refuse_control, tidy
from recordings.tracklists import reader
from recordings.tracklists.line import (
    LONGEST_LABEL,
    LONGEST_MS,
    LONGEST_NAME,
    MOST_LINES,
    MOST_SIGNS,
    Line,
    UnreadableError,
    read_time,
    time_words,
)

TEXTS: Mapping[str, int] = {"artist": LONGEST_NAME, "title": LONGEST_NAME, "record_label": LONGEST_LABEL}
BAD_TIME = "Write minutes and seconds, such as 4:05, or 1:02:33."
LARGEST_FILE = 4 * MOST_SIGNS


@dataclass
class Row:
    """A line as typed; `errors` by field."""

    start: str = ""
    artist: str = ""
    title: str = ""
    record_label: str = ""
    is_mixed: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, line: Line) -> "Row":
        return cls(time_words(line.start_ms), line.artist, line.title, line.record_label, line.is_mixed)

    @property
    def is_empty(self) -> bool:
        return not (self.start or self.artist or self.title or self.record_label)

    def check(self) -> None:
        """Note what is wrong."""
        self.errors = {}
        start = read_time(self.start) if self.start else 0
        if start is None or start > LONGEST_MS:
            self.errors["start"] = BAD_TIME
        for name, longest in TEXTS.items():
            value = getattr(self, name)
            if len(value) > longest:
                self.errors[name] = f"Use at most {longest} characters; this has {len(value)}."
            try:
                refuse_control(value)
            except ValidationError as error:
                self.errors[name] = error.messages[0]

    def line(self) -> Line:
        return Line(
            artist=self.artist,
            title=self.title or "ID",
            start_ms=read_time(self.start) if self.start else None,
            record_label=self.record_label,
            is_mixed=self.is_mixed,
        )


@dataclass
class Editor:
    """All rows of a form, the lines that were not understood, and sentences about what was read."""

    rows: list[Row]
    unread: str = ""
    notes: list[str] = field(default_factory=list)
    pasted: str = ""
    pasted_error: str = ""
    moved: int = 0
    was_pasted: bool = False

    @classmethod
    def typed(cls, data: QueryDict) -> "Editor":
        """Return what a form holds; more rows than a tracklist has are left out."""
        count = _count_of(data.get("rows", ""))
        return cls(
            [_row_of(data, number) for number in range(1, count + 1)],
            tidy(data.get("unread", ""))[:MOST_SIGNS],
            was_pasted=data.get("was_pasted") == "1",
        )

    def is_valid(self) -> bool:
        """Whether every row can be saved; empty ones are dropped."""
        self.rows = [row for row in self.rows if not row.is_empty]
        for row in self.rows:
            row.check()
        return not any(row.errors for row in self.rows)

    def lines(self) -> list[Line]:
        return [row.line() for row in self.rows]

    def act(self, what: str) -> None:
        """Do what a button says: "add", "add-3" (below the third row), "up-3", "down-3" or "remove-3"."""
        verb, _, number = what.partition("-")
        place = int(number) - 1 if number.isascii() and number.isdigit() and number else len(self.rows) - 1
        if verb == "add" and len(self.rows) < MOST_LINES:
            self.moved = min(place, len(self.rows) - 1) + 2
            self.rows.insert(self.moved - 1, Row())
        elif verb in ("up", "down") and 0 <= place < len(self.rows):
            to = min(max(place + (1 if verb == "down" else -1), 0), len(self.rows) - 1)
            self.rows.insert(to, self.rows.pop(place))
            self.moved = to + 1
        elif verb == "remove" and 0 <= place < len(self.rows):
            del self.rows[place]
            self.moved = min(place + 1, len(self.rows))

    def read(self, text: str, *, replace: bool) -> None:
        """Take over what was pasted, in place of the rows or below them; what cannot be read stays where it is."""
        self.pasted = text
        try:
            reading = reader.read(text)
        except UnreadableError as error:
            self.pasted_error = str(error)
            return
        kept = [] if replace else [row for row in self.rows if not row.is_empty]
        if not reading.lines:
            self.pasted_error = "No line names a track. Write them as “1:02:33 Artist - Title”."
            return
        if len(kept) + len(reading.lines) > MOST_LINES:
            self.pasted_error = f"A tracklist has {MOST_LINES} lines at most."
            return
        self.was_pasted = self.was_pasted or not kept
        self.rows, self.pasted = [*kept, *map(Row.of, reading.lines)], ""
        before = "" if replace else self.unread
        self.unread = "\n".join(filter(None, [before, *reading.unread]))
        self.notes += [_read_words(len(reading.lines), len(reading.unread)), *reading.notes]

    @property
    def backwards(self) -> list[int]:
        """The numbers of rows whose time is earlier than that of a row before."""
        found, latest = [], 0
        for number, row in enumerate(self.rows, 1):
            start = read_time(row.start) if row.start else None
            if start is not None and start < latest:
                found.append(number)
            latest = max(latest, start or 0)
        return found


def text_of_upload(upload: Any) -> str:
    """Return the text of an uploaded list. Raises UnreadableError for one that is too large."""
    if upload.size > LARGEST_FILE:
        raise UnreadableError("This file is too large for a tracklist: 400 KB at most.")
    return text_of(upload.read(LARGEST_FILE))


def _read_words(lines: int, unread: int) -> str:
    read = f"{lines} {'line' if lines == 1 else 'lines'} read"
    if not unread:
        return f"{read}. Check them, then save."
    kept = "1 was not understood and is" if unread == 1 else f"{unread} were not understood and are"
    return f"{read}; {kept} kept below. Check them, then save."


def _count_of(text: str) -> int:
    return min(int(text), MOST_LINES) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _row_of(data: QueryDict, number: int) -> Row:
    said: dict[str, Any] = {name: tidy(data.get(f"{name}-{number}", "")) for name in ("start", *TEXTS)}
    return Row(**said, is_mixed=f"mixed-{number}" in data)


def editor_of(lines: Sequence[Line], unread: str = "") -> Editor:
    """Return the form of a saved tracklist."""
    return Editor(list(map(Row.of, lines)), unread)
