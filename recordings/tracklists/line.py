"""One line of a tracklist, how it is written, and how much a tracklist may hold."""

import re
from dataclasses import dataclass

MOST_LINES = 300
"""Lines of one tracklist; the longest sets that people publish have about 200."""

LONGEST_LINE = 500
LONGEST_NAME = 200
LONGEST_LABEL = 120
MOST_SIGNS = 100_000
"""Of a pasted text or a file; 300 lines of 300 signs stay below it."""

UNKNOWN = frozenset(
    {"id", "id?", "?", "??", "???", "unknown", "unreleased", "unknown track", "id track", "tbc", "tba"}
)
"""What people write for a title or an artist that they do not know."""

TIME = re.compile(r"^(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:\.([0-9]{1,3}))?$")
LONGEST_MS = 100 * 3_600_000
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


class UnreadableError(ValueError):
    """This is no tracklist that can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line: `start_ms` from the beginning of the recording, `is_mixed` "w/" the line before."""

    artist: str = ""
    title: str = ""
    start_ms: int | None = None
    record_label: str = ""
    is_mixed: bool = False
    isrc: str = ""
    confidence: float | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether it cannot be told which song this is: "ID - ID", "Artist - ID", "ID - Title"."""
        return not self.title or is_unknown(self.title) or is_unknown(self.artist)


@dataclass(frozen=True)
class Reading:
    """What was read, the lines that were not understood, and what to say about the whole."""

    lines: list[Line]
    unread: list[str]
    notes: tuple[str, ...] = ()


def is_unknown(name: str) -> bool:
    """Whether a name says only that somebody does not know it; "ID (Nova Remix)" does too."""
    return _BRACKETS.sub("", name).strip(" .").casefold() in UNKNOWN


def read_time(text: str) -> int | None:
    """Return the milliseconds of a time such as 62:33, 1:02:33 or 1:02:33.5, None for anything else."""
    found = TIME.match(text.strip())
    if not found or (found[1] and int(found[2]) > 59):
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups()[:3])
    thousandths = int((found[4] or "").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def time_words(ms: int | None) -> str:
    """Return a time as it is typed: 4:05, 1:02:33, 1:02:33.5; "" for none."""
    if ms is None:
        return ""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    whole = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{whole}.{thousandths:03}".rstrip("0") if thousandths else whole


def line_words(line: Line) -> str:
    """Return a line as text that is read back as the same."""
    name = " - ".join(filter(None, [line.artist, line.title])) or "ID"
    time = f"{time_words(line.start_ms)} " if line.start_ms is not None else ""
    label = f" [{line.record_label}]" if line.record_label else ""
    return f"{time}{'w/ ' if line.is_mixed else ''}{name}{label}"
