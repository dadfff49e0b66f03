"""Playlists of players (M3U, M3U8): names after #EXTINF, and files whose names say what they are."""

import re

from recordings.tracklists.line import Line, Reading

EXTINF = re.compile(r"^#EXTINF:\s*-?[0-9.]*(?:\s[^,]*)?,(.*)$", re.IGNORECASE)
FOLDERS = re.compile(r"^.*[/\\]")
ENDING = re.compile(r"\.[A-Za-z0-9]{2,4}$")
NUMBER = re.compile(r"^[0-9]{1,3}[\s._-]+(?=\S)")


def is_playlist(rows: list[str]) -> bool:
    """Whether the first line or any #EXTINF says so."""
    filled = [row for row in rows if row]
    return bool(filled) and (filled[0].upper() == "#EXTM3U" or any(map(EXTINF.match, filled[:20])))


def reading_of(rows: list[str]) -> Reading:
    """Return a line for each entry. Lengths are no times of a set: nobody knows how long each was played."""
    lines, unread, is_named = list[Line](), list[str](), False
    for row in filter(None, rows):
        found = EXTINF.match(row)
        if row.startswith("#") and not found:
            continue
        if not found and is_named:  # the file of the name before
            is_named = False
            continue
        name = found[1].strip() if found else NUMBER.sub("", ENDING.sub("", FOLDERS.sub("", row)))
        is_named = bool(found)
        if name:
            lines.append(_line_of(name))
        else:
            unread.append(row)
    return Reading(lines, unread)


def _line_of(name: str) -> Line:
    artist, dash, title = name.partition(" - ")
    return Line(artist.strip()[:200], title.strip()[:200]) if dash else Line(title=name[:200])
