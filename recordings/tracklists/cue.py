"""CUE sheets: read from text and written. Times are minutes:seconds:frames, of which a second has 75.

The format as CDRWIN's manual has it: https://www.gnu.org/software/ccd2cue/manual/html_node/CUE-sheet-format.html.
Minutes may have three digits, tracks more than 99: sets are longer than discs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kit.forms import without_invisible
from recordings.tracklists.line import MOST_LINES, MOST_SIGNS, Line, Reading, UnreadableError

FRAMES = 75
COMMAND = re.compile(r"^([A-Za-z0-9]+)\s*(.*)$")
INDEX = re.compile(r"^([0-9]{1,2})\s+([0-9]{1,4}):([0-5]?[0-9]):([0-6]?[0-9]|7[0-4])$")
TRACK = re.compile(r"^[0-9]{1,4}\s+\S")
FILE = re.compile(r"^(.*?)(?:\s+(?:WAVE|MP3|AIFF|BINARY|MOTOROLA|FLAC|AAC|MP4))?$", re.IGNORECASE)
SILENT = frozenset({"FLAGS", "PREGAP", "POSTGAP", "CATALOG", "CDTEXTFILE", "SONGWRITER", "REM"})
"""Commands that say nothing of what is played when."""
MIXED = 'REM COMMENT "w/"'
UNQUOTABLE = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass
class CueTrack:
    """A TRACK and what stands under it; `starts` are its INDEX lines, in milliseconds of its FILE."""

    file: int
    title: str = ""
    performer: str = ""
    isrc: str = ""
    is_mixed: bool = False
    starts: dict[int, int] = field(default_factory=dict)

    @property
    def start_ms(self) -> int | None:
        return self.starts.get(1, self.starts.get(0))


@dataclass
class Cue:
    """A sheet: its FILE lines, its tracks, and the lines that were not understood."""

    title: str = ""
    performer: str = ""
    files: list[str] = field(default_factory=list)
    tracks: list[CueTrack] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def looks_like_cue(rows: Iterable[str]) -> bool:
    """Whether there is a TRACK … AUDIO and an INDEX line."""
    words = {row.split(maxsplit=1)[0].upper() for row in rows if row}
    return {"TRACK", "INDEX"} <= words and bool(words & {"FILE", "TITLE", "PERFORMER"})


def parse_cue(text: str) -> Cue:
    """Return what a sheet says. Raises UnreadableError for one that is too long or names no track."""
    if len(text) > MOST_SIGNS:
        raise UnreadableError("This CUE sheet is too long: it may have 100,000 signs at most.")
    return _cue_of(text.splitlines())


def reading_of_cue(rows: list[str], *, file_name: str = "") -> Reading:
    """Return a sheet's tracks as lines; of several files, those of this one. Raises UnreadableError."""
    cue = _cue_of(rows)
    own = _place_of(file_name, cue.files)
    lines = [_line_of(track, cue, own) for track in cue.tracks if own is None or track.file == own]
    if own is None and len({track.file for track in cue.tracks}) > 1:
        note = "The sheet is of several files. Only the first file’s times count from the beginning: set the others."
        return Reading(lines, cue.unread, (note,))
    return Reading(lines, cue.unread)


def cue_text(lines: list[Line], *, file_name: str, title: str = "", performer: str = "") -> str:
    """Return a CUE sheet of these lines. Raises UnreadableError if one has no time."""
    starts = _starts_of(lines)
    rows = [f"PERFORMER {_quoted(performer)}"] if performer else []
    rows += [f"TITLE {_quoted(title)}"] if title else []
    rows.append(f"FILE {_quoted(file_name)} {_type_of(file_name)}")
    for number, (line, start) in enumerate(zip(lines, starts, strict=True), 1):
        rows += [f"  TRACK {number:02} AUDIO", f"    TITLE {_quoted(line.title or 'ID')}"]
        rows += [f"    PERFORMER {_quoted(line.artist)}"] if line.artist else []
        rows += [f"    ISRC {line.isrc}"] if line.isrc else []
        rows += [f"    {MIXED}"] if line.is_mixed else []
        rows.append(f"    INDEX 01 {time_of(start)}")
    return "\r\n".join([*rows, ""])


def time_of(ms: int) -> str:
    """Return milliseconds as minutes:seconds:frames, rounded to the nearest frame."""
    seconds, frames = divmod((ms * FRAMES + 500) // 1000, FRAMES)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes:02}:{seconds:02}:{frames:02}"


def ms_of(minutes: int, seconds: int, frames: int) -> int:
    """Return a time of a sheet in milliseconds, rounded: `time_of` returns the same frames."""
    return (minutes * 60 + seconds) * 1000 + (frames * 2000 + FRAMES) // (2 * FRAMES)


def _cue_of(rows: list[str]) -> Cue:
    cue = Cue()
    for row in map(str.strip, rows):
        bare = without_invisible(row)
        if bare and not _take(cue, bare):
            cue.unread.append(bare)
    if not cue.tracks:
        raise UnreadableError("This CUE sheet names no track.")
    if len(cue.tracks) > MOST_LINES:
        raise UnreadableError(f"A CUE sheet may have {MOST_LINES} tracks; this has {len(cue.tracks)}.")
    return cue


def _take(cue: Cue, row: str) -> bool:
    """Take one line; return whether it was understood."""
    found = COMMAND.match(row)
    command, value = (found[1].upper(), found[2].strip()) if found else ("", "")
    if row.upper() == MIXED.upper() and cue.tracks:
        cue.tracks[-1].is_mixed = True
    elif command == "FILE" and value:
        cue.files.append(_unquoted(_file_of(value)))
    elif command == "TRACK" and TRACK.match(value):
        cue.tracks.append(CueTrack(file=max(len(cue.files) - 1, 0)))
    elif command in ("TITLE", "PERFORMER"):
        setattr(cue.tracks[-1] if cue.tracks else cue, command.lower(), _unquoted(value))
    elif command == "ISRC" and cue.tracks:
        cue.tracks[-1].isrc = _unquoted(value).replace("-", "").upper()[:12]
    elif command == "INDEX":
        return _take_index(cue, value)
    else:
        return command in SILENT
    return True


def _take_index(cue: Cue, value: str) -> bool:
    found = INDEX.match(value)
    if not found or not cue.tracks:
        return False
    number, *time = map(int, found.groups())
    minutes, seconds, frames = time
    cue.tracks[-1].starts[number] = ms_of(minutes, seconds, frames)
    return True


def _file_of(value: str) -> str:
    found = FILE.match(value)
    return found[1] if found else value


def _unquoted(value: str) -> str:
    """Return a value without its quotation marks; one that is never closed ends with the line."""
    if not value.startswith('"'):
        return value
    inside = value[1:]
    return inside[: inside.rfind('"')].replace('\\"', '"') if '"' in inside else inside


def _line_of(track: CueTrack, cue: Cue, own: int | None) -> Line:
    is_timed = own is not None or track.file == 0
    performer = track.performer or ("" if " - " in track.title else cue.performer)
    line = Line(performer[:200], track.title[:200] or "ID", track.start_ms if is_timed else None)
    artist, dash, title = track.title.partition(" - ")
    if not performer and dash:
        line = replace(line, artist=artist[:200], title=title[:200])
    return replace(line, is_mixed=track.is_mixed, isrc=track.isrc)


def _place_of(file_name: str, files: list[str]) -> int | None:
    """Return which FILE line names this file, None if none or several do."""
    bare = [re.split(r"[/\\]", each)[-1].casefold() for each in files]
    places = [place for place, each in enumerate(bare) if each == file_name.casefold()]
    return places[0] if file_name and len(places) == 1 else None


def _starts_of(lines: list[Line]) -> list[int]:
    """Return each line's start; what is played with the line before starts with it at the latest."""
    starts: list[int] = []
    missing = 0
    for line in lines:
        start = line.start_ms
        if start is None and line.is_mixed and starts:
            start = starts[-1]
        missing += start is None
        starts.append(start or 0)
    if missing:
        lines_have = "1 line has" if missing == 1 else f"{missing} lines have"
        raise UnreadableError(f"A CUE sheet needs a time for each line: {lines_have} none yet.")
    return starts


def _quoted(value: str) -> str:
    """Return a value between quotation marks; the format has no way to write one inside."""
    return '"' + UNQUOTABLE.sub(" ", value).replace('"', "'").strip() + '"'


def _type_of(file_name: str) -> str:
    ending = file_name.rpartition(".")[2].lower()
    return {"mp3": "MP3", "aif": "AIFF", "aiff": "AIFF"}.get(ending, "WAVE")
