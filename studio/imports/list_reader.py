"""Lists of songs as people paste or upload them, read into lines. Nothing is saved here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recordings.tracklists.reader import BULLET, LONG, SPACED, TIME_LAST
from studio.imports import columns
from studio.imports.columns import Sheet
from studio.imports.lines import Line

LINES, TITLE_FIRST, COLUMNS = "lines", "title-first", "columns"
LAYOUTS = [
    ("", "Detect automatically"),
    (LINES, "Artist – title, one song per line"),
    (TITLE_FIRST, "Title – artist, one song per line"),
    (COLUMNS, "Columns (CSV, or cells copied from a spreadsheet)"),
]
NUMBER = re.compile(
    r"^(?:#\s?[0-9]{1,3}\b|[0-9]{1,3}\s?[.)\]:](?![0-9])|[0-9]{1,3}\t|0[0-9]{1,2}(?=\s))[.)\]:]?\s*"
)


@dataclass(frozen=True)
class Reading:
    """What a list says. With columns `sheet` has the cells, and what each column holds."""

    lines: Sequence[Line]
    layout: str
    sheet: Sheet | None = None


def read_list(
    text: str,
    layout: str = "",
    *,
    meanings: Sequence[str] = (),
    artist: str = "",
    has_head: bool | None = None,
) -> Reading:
    """Return the songs of a list; `artist` is for lines that name none.

    `meanings` says what each column holds, `has_head` whether the first row names them, if a person said so.
    """
    text = "\n".join(text.splitlines())
    layout = layout or _layout_of(text)
    if layout != COLUMNS:
        lines = [_line(number, row, layout, artist) for number, row in _rows(text)]
        return Reading(lines, layout)
    sheet = columns.sheet_of(text, meanings=meanings, has_head=has_head)
    lines = [_line_of(number, cells, artist) for number, cells in sheet.songs()]
    return Reading(lines, layout, sheet)


def _layout_of(text: str) -> str:
    rows = [row for _, row in _rows(text)]
    if columns.has_heading(text) or (rows and all("\t" in NUMBER.sub("", row) for row in rows)):
        return COLUMNS
    return LINES


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(text.split("\n"), 1):
        if row.strip():
            yield number, row.strip()


def _line(number: int, row: str, layout: str, artist: str) -> Line:
    bare = TIME_LAST.sub("", NUMBER.sub("", BULLET.sub("", row))).strip()
    first, second = _halves(bare)
    if layout == TITLE_FIRST and second:
        first, second = second, first
    named, title = (first, second) if second else ("", first)
    return Line(number, title, named or artist).checked()


def _halves(text: str) -> tuple[str, str]:
    """Return what stands before and after a tab or a dash; all of it and "" if there is neither."""
    for split in (re.compile(r"\s*\t\s*"), SPACED, LONG):
        parts = split.split(text, maxsplit=1)
        if len(parts) == 2 and all(parts):
            return parts[0].strip(), parts[1].strip()
    return text, ""


def _line_of(number: int, cells: Mapping[str, str], artist: str) -> Line:
    year = cells.get("year", "")[:4] if re.fullmatch(r"[0-9]{4}(-.*)?", cells.get("year", "")) else ""
    line = Line(
        number,
        cells.get("title", ""),
        cells.get("artist", "") or artist,
        album=cells.get("album", ""),
        year=int(year) if year else None,
        notes=cells.get("notes", ""),
    ).checked()
    if cells.get("year") and not year and not line.problem:
        return Line(number, line.title, line.artist, problem=f"“{cells['year'][:20]}” is not a year.")
    return line
