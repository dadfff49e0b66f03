"""A CSV of songs, read into songs and what is wrong with its rows. Nothing is saved here."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from kit.forms import CONTROL, tidy

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "artist": ("artist", "artists", "band", "performer"),
    "title": ("title", "song", "song title", "name", "track", "track title"),
}
LENGTHS = {"artist": 200, "title": 150}
SEPARATORS = ("\t", ";", ",")
MOST_SONGS = 100_000
MOST_FAULTS = 20
LINE_END = re.compile("\r\n?|\n")
NO_HEADING = "The first row names the columns: it needs “Artist” and “Title”."

ENDLESS = "a text in quotation marks has no end. Check the quotation marks from here on."


@dataclass(frozen=True, slots=True)
class Song:
    artist: str
    title: str


@dataclass(frozen=True)
class Reading:
    """The songs of a file, and sentences about rows that could not be read, each with its number."""

    songs: list[Song]
    faults: list[str]


def read_songs(text: str) -> Reading:
    """Read a CSV with a heading, separated by commas, semicolons or tabs; empty rows are left out."""
    found = _columns_of(LINE_END.split(text.lstrip("\ufeff \r\n"), 1)[0])
    if found is None:
        return Reading([], [NO_HEADING])
    separator, columns = found
    songs: list[Song] = []
    faults: list[str] = []
    for number, cells in _rows(text.lstrip("\ufeff"), separator, columns):
        if fault := ENDLESS if cells is None else _fault_of(cells):
            faults.append(f"Row {number}: {fault}")
        elif cells:
            songs.append(Song(**cells))
    if len(songs) > MOST_SONGS:
        faults.append(f"A list holds at most {MOST_SONGS:,} songs; these are {len(songs):,}.")
    return Reading(songs, _shortened(faults))


def _columns_of(heading: str) -> tuple[str, dict[str, int]] | None:
    """Return the separator and the place of each column, None if this heading does not name them all."""
    if len(heading) > csv.field_size_limit():
        return None
    for separator in SEPARATORS:
        words = [cell.strip().casefold() for cell in next(csv.reader([heading], delimiter=separator), [])]
        places = {
            name: next((at for at, word in enumerate(words) if word in known), -1)
            for name, known in COLUMNS.items()
        }
        if min(places.values()) >= 0:
            return separator, places
    return None


def _rows(
    text: str, separator: str, columns: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Yield the number of each row's last line in the file, and its cells; below the heading.

    Of a row that cannot be read the number of its first line and None: there it ends.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    is_heading, first = True, 1
    try:
        for row in reader:
            first = reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not is_heading:
                yield reader.line_num, _cells_of(row, columns)
            is_heading = False
    except csv.Error:  # a cell beyond all measure
        yield first, None


def _cells_of(row: list[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {name: tidy(row[at]) if at < len(row) else "" for name, at in columns.items()}


def _fault_of(cells: Mapping[str, str]) -> str:
    """Return what is wrong with a row, "" for nothing."""
    for name, text in cells.items():
        if not text:
            return f"the {name} is missing."
        if len(text) > LENGTHS[name]:
            return f"the {name} has more than {LENGTHS[name]} characters."
        if CONTROL.search(text) or "\n" in text:
            return f"the {name} has characters that cannot be stored."
    return ""


def _shortened(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_FAULTS
    return [*faults[:MOST_FAULTS], f"{more:,} more rows are wrong."] if more > 0 else faults
