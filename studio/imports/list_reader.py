"""Lists of songs as people paste or upload them, read into lines. Nothing is saved here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.imports import columns
from studio.imports.columns import Sheet
from studio.imports.lines import Line
from studio.song_lines import bare_of, halves_of

LINES, TITLE_FIRST, COLUMNS = "lines", "title-first", "columns"
LAYOUTS = [
    ("", "Detect automatically"),
    (LINES, "Artist – title, one song per line"),
    (TITLE_FIRST, "Title – artist, one song per line"),
    (COLUMNS, "Columns (CSV, or cells copied from a spreadsheet)"),
]


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
        return Reading(list(_lines(text, layout, artist)), layout)
    sheet = columns.sheet_of(text, meanings=meanings, has_head=has_head)
    lines = [_line_of(number, cells, artist) for number, cells in sheet.songs()]
    return Reading(lines, layout, sheet)


def _layout_of(text: str) -> str:
    rows = [row for _, row in _rows(text)]
    if columns.has_heading(text) or (rows and all("\t" in bare_of(row) for row in rows)):
        return COLUMNS
    return LINES


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(text.split("\n"), 1):
        if row.strip():
            yield number, row.strip()


def _lines(text: str, layout: str, artist: str) -> Iterator[Line]:
    """Yield the song of each line; one without an artist is by this one."""
    rows = list(_rows(text))
    for (number, _), (first, second) in zip(rows, halves_of([row for _, row in rows]), strict=True):
        halves = (second, first) if layout == TITLE_FIRST and second else (first, second)
        named, title = halves if second else ("", first)
        yield Line(number, title, named or artist).checked()


def _line_of(number: int, cells: Mapping[str, str], artist: str) -> Line:
    year = cells.get("year", "")[:4] if re.fullmatch(r"[0-9]{4}(-.*)?", cells.get("year", "")) else ""
    line = Line(
        number,
        cells.get("title", ""),
        cells.get("artist", "") or artist,
        album=cells.get("album", ""),
        year=int(year) if year else None,
        notes=" ".join(cells.get("notes", "").split("\n")),
    ).checked()
    if cells.get("year") and not year and not line.problem:
        return Line(number, line.title, line.artist, problem=f"“{cells['year'][:20]}” is not a year.")
    return line
