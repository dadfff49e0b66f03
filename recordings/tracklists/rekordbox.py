"""Playlists and histories that rekordbox exports as text: columns between tabs under a heading."""

from collections.abc import Mapping
from typing import Any

from recordings.tracklists.line import Line, Reading

COLUMNS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"track title", "title", "name"}),
    "artist": frozenset({"artist", "artist name"}),
    "record_label": frozenset({"label"}),
}
Columns = dict[str, int]


def columns_of(rows: list[str]) -> Columns:
    """Return where a heading in the first lines says that title, artist and label stand, {} without such a heading."""
    for row in rows[:5]:
        cells = [cell.strip().casefold() for cell in row.split("\t")]
        found = {
            field: place
            for field, words in COLUMNS.items()
            for place, cell in reversed(list(enumerate(cells)))
            if cell in words
        }
        if {"title", "artist"} <= found.keys():
            return found
    return {}


def reading_of(rows: list[str], columns: Columns) -> Reading:
    """Return a line for each row under the heading. rekordbox does not write when something was played."""
    lines, unread, is_below = list[Line](), list[str](), False
    for row in filter(None, rows):
        cells = [cell.strip() for cell in row.split("\t")]
        if not is_below:
            is_below = columns_of([row]) == columns
            continue
        said: dict[str, Any] = {
            field: cells[place][:120] if place < len(cells) else "" for field, place in columns.items()
        }
        if said["title"]:
            lines.append(Line(**said))
        else:
            unread.append(row)
    return Reading(lines, unread)
