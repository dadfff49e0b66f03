"""Track lists as people type, paste or upload them, read into lines. Nothing is saved here."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError

from catalog.music.isrc import parse_isrc
from kit.forms import tidy
from releases.choices import Line
from releases.track_list import TrackLine

NUMBERED = re.compile(r"^\s*(?:track\s*)?[0-9]{1,3}\s*(?:[.):]|\s-\s|\t)\s*", re.IGNORECASE)
LENGTH = re.compile(r"^(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])$")
AT_END = re.compile(r"[\s(\[]((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9])[)\]]?\s*$")
ISRC_AT_END = re.compile(r"[\s(\[]([A-Za-z]{2}-?[A-Za-z0-9]{3}-?[0-9]{2}-?[0-9]{5})[)\]]?\s*$")
MIX = re.compile(
    r"^(.*\S)\s*[(\[]([^()\[\]]*\b(?:mix|remix|edit|dub|version|vip|instrumental|rework)\b[^()\[\]]*)[)\]]$",
    re.I,
)
DASHES = re.compile(r"\s+[-–—]\s+")
SUBMISSION = re.compile(r"\bTF-?[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}\b", re.IGNORECASE)
MARKS = {"exists": Line.EXISTS, "irrelevant": Line.IRRELEVANT, "placeholder": Line.PLACEHOLDER}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "track title", "track", "name", "song"),
    "mix": ("mix", "version", "mix name"),
    "artist": ("artist", "track artist", "artists", "performer"),
    "isrc": ("isrc",),
    "seconds": ("length", "duration", "time"),
    "is_explicit": ("explicit", "parental advisory"),
    "line": ("status", "line", "kind"),
    "submission": ("submission", "demo", "reference"),
}
YES = frozenset({"yes", "y", "true", "1", "x", "explicit", "e"})


@dataclass(frozen=True)
class Reading:
    """The lines that were read, and what could not be, each with its place in what was given."""

    lines: list[TrackLine]
    faults: list[str]


def read_text(text: str) -> Reading:
    """Read one line each: `1. Artist - Title (Mix) 6:24 ISRC`; a line may be marked [exists] or [irrelevant].

    A CSV with a heading is read as one, whether it is separated by commas, semicolons or tabs.
    """
    rows = [line for line in tidy(text).split("\n") if line.strip()]
    if rows and (separator := _separator_of(rows[0])):
        return _read_csv("\n".join(rows), separator)
    return Reading([_read_line(row) for row in rows], [])


def read_length(text: str) -> int | None:
    """Return the seconds of a length such as 6:24, 1:02:03 or 384; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text) or None
    found = LENGTH.match(text.strip())
    if not found:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return hours * 3600 + minutes * 60 + seconds or None


def _read_line(text: str) -> TrackLine:
    line, text = _mark_of(text)
    if found := SUBMISSION.search(text):
        bare = found[0].upper().replace("-", "")
        return TrackLine(Line.SUBMISSION, submission=f"TF-{bare[2:6]}-{bare[6:]}")
    text = NUMBERED.sub("", text)
    isrc, seconds = "", None
    for _ in range(2):  # in either order
        if not isrc and (found := ISRC_AT_END.search(text)):
            isrc, text = parse_isrc(found[1]), text[: found.start()]
        if seconds is None and (found := AT_END.search(text)):
            seconds, text = read_length(found[1]), text[: found.start()]
    parts = DASHES.split(text.strip(), maxsplit=1)
    artist, title = (parts[0], parts[1]) if len(parts) == 2 else ("", parts[0])
    if isrc and line == Line.PLACEHOLDER:
        line = Line.EXISTS
    return replace(TrackLine(line, artist=artist, isrc=isrc, seconds=seconds), **_split_mix(title))


def _mark_of(text: str) -> tuple[str, str]:
    for word, line in MARKS.items():
        marked = re.compile(rf"\s*\[{word}\]\s*", re.IGNORECASE)
        if marked.search(text):
            return line, marked.sub(" ", text).strip()
    return Line.PLACEHOLDER, text


def _split_mix(title: str) -> dict[str, Any]:
    found = MIX.match(title.strip())
    return {"title": found[1], "mix": found[2].strip()} if found else {"title": title.strip(), "mix": ""}


def _separator_of(head: str) -> str:
    """Return the separator of a heading that names a title, "" if this is no heading."""
    for separator in ("\t", ";", ","):
        if "title" in _columns(next(csv.reader([head], delimiter=separator))) and separator in head:
            return separator
    return ""


def _columns(head: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        word = cell.strip().strip("\ufeff").casefold()
        for name, words in COLUMNS.items():
            if word in words:
                found.setdefault(name, place)
    return found


def _read_csv(text: str, separator: str) -> Reading:
    rows = csv.reader(StringIO(text), delimiter=separator)
    columns = _columns(next(rows))
    lines: list[TrackLine] = []
    faults: list[str] = []
    for place, row in enumerate(rows, 2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        try:
            lines.append(_from_cells(cells))
        except ValidationError as error:
            faults.append(f"Row {place}: {' '.join(error.messages)}")
    return Reading(lines, faults)


def _from_cells(cells: dict[str, str]) -> TrackLine:
    if reference := cells.get("submission", ""):
        return _read_line(reference)
    isrc = parse_isrc(cells["isrc"]) if cells.get("isrc") else ""
    length = cells.get("seconds", "")
    if length and read_length(length) is None:
        raise ValidationError(f"“{length}” is no length. Write 6:24.")
    split: dict[str, Any] = (
        _split_mix(cells["title"]) if not cells.get("mix") else {"title": cells["title"], "mix": cells["mix"]}
    )
    usual = Line.EXISTS if isrc else Line.PLACEHOLDER
    line = MARKS.get(cells.get("line", "").casefold(), usual)
    explicit = cells.get("is_explicit", "").casefold() in YES
    read = TrackLine(line, artist=cells.get("artist", ""), isrc=isrc, seconds=read_length(length))
    return replace(read, is_explicit=explicit, **split)
