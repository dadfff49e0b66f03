"""The lines of a set, out of what `sources.set_page` found on its page. Raises Unreadable if there are none."""

import re
from collections.abc import Iterator
from typing import Any

from sources.facts import SetLine
from sources.json_text import Unreadable, clean, mapping, rows, text

LISTS = ("track", "tracks", "itemListElement")
_SPAN = re.compile(r"P?T?(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
UNKNOWN = "ID"
LONGEST = 48 * 3600
"""Seconds of the longest set."""


def lines_in(value: Any) -> list[SetLine]:
    """Read the lines; those of the JSON-LD where it has any, else those of the microdata."""
    told = [_told_by_ld(each) for each in _recordings(mapping(value).get("ld"))]
    told = told or [_told_by_row(each) for each in rows(value, "rows")]
    named = [each for each in told if each["name"]]
    if not named:
        raise Unreadable("no recordings on the page")
    return [_line(place, each) for place, each in enumerate(named, 1)]


def _recordings(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the recordings of every list in some JSON-LD, wherever they stand."""
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            continue
        inner = each.get("item") if isinstance(each.get("item"), dict) else each
        if "MusicRecording" in str(mapping(inner).get("@type")):
            yield {**each, **mapping(inner)}
            continue
        for name in (*LISTS, "@graph", "mainEntity"):
            yield from _recordings(each.get(name))


def _told_by_ld(value: Any) -> dict[str, Any]:
    artists = mapping(value).get("byArtist")
    several = artists if isinstance(artists, list) else [artists]
    names = [text(each, "name") if isinstance(each, dict) else each for each in several]
    return {
        "name": text(value, "name"),
        "artist": " & ".join(clean(each) for each in names if isinstance(each, str) and each),
        "seconds": mapping(value).get("startOffset"),
        "mixed": False,
    }


def _told_by_row(value: Any) -> dict[str, Any]:
    artist = text(value, "byArtist")
    told = {"name": text(value, "name"), "artist": artist, "mixed": bool(text(value, "mixed"))}
    return {**told, "seconds": text(value, "seconds")}


def _line(place: int, told: dict[str, Any]) -> SetLine:
    artist, title = _split(told["name"], told["artist"])
    start = _seconds(told["seconds"])
    return SetLine(
        position=place,
        # a time of nought is none but for the first line
        start_ms=None if start is None or (start == 0 and place > 1) else start * 1000,
        artist="" if artist == UNKNOWN else artist[:200],
        title="" if title == UNKNOWN else title[:200],
        is_unknown=UNKNOWN in (artist, title) or not title,
        is_mixed=told["mixed"],
    )


def _split(name: str, artist: str) -> tuple[str, str]:
    """Return artist and title; many pages name both in one text."""
    if artist and name.casefold().startswith(artist.casefold()):
        rest = name[len(artist) :]
        return artist, _DASH.sub("", rest, count=1).strip() if _DASH.match(rest) else name
    parts = _DASH.split(name, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and not artist else (artist, name)


def _seconds(value: Any) -> int | None:
    """Read seconds as a number, as digits, or as `PT1H2M3S`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = int(value) if 0 <= value <= LONGEST else -1
    elif isinstance(value, str) and value.isascii() and value.isdigit():
        found = int(value[:9])
    elif isinstance(value, str) and value and (match := _SPAN.fullmatch(value)) and any(match.groups()):
        hours, minutes, seconds = (int(each or 0) for each in match.groups())
        found = hours * 3600 + minutes * 60 + seconds
    else:
        return None
    return found if 0 <= found <= LONGEST else None
