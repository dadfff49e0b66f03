"""What lies in a shelf's folder: audio files with size and time, and what was left out."""

import errno
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from stat import S_ISREG

from recordings.file_access import LONGEST_PATH, not_read, open_folder
from recordings.models.file import shown
from recordings.shelves.endings_table import is_audio, is_sheet

Status = tuple[int, int]
"""Size, and modification time in ns."""
Known = tuple[bytes, int, int]
"""Path and status of a file, as its row says."""
MOST_REMARKS = 50
VANISHED = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
LINK = "is a link; links are not followed."
NOT_REGULAR = "is no regular file, but a pipe, socket or device; it is left out."
TOO_LONG = "has too long a path (more than 2,000 bytes); it is left out. Shorten the names of its folders."


@dataclass
class Listing:
    """What a look found. Nothing at or below a path in `closed` is known: it could not be listed or asked."""

    known: dict[bytes, Known] = field(default_factory=dict)
    """What is known and was not found, so far."""
    files: dict[bytes, Status] = field(default_factory=dict)
    """What was found and is not known, or known to be different."""
    changed: int = 0
    """How many of them are known to be different."""
    same: int = 0
    """How many files were found as they are known."""
    sheets: dict[bytes, Status] = field(default_factory=dict)
    """All CUE sheets that were found."""
    closed: dict[bytes, str] = field(default_factory=dict)
    folders: int = 0
    remarks: list[str] = field(default_factory=list)
    leads_away: bool = False
    """Whether a link to a folder lies here, into which watching would follow."""
    is_empty: bool = True
    """Whether the folder where the look began holds nothing at all."""

    @property
    def count(self) -> int:
        """How many audio files were found."""
        return self.same + len(self.files)

    @property
    def gone(self) -> list[bytes]:
        """What is known and not there any more, once everything was looked at."""
        return [path for path in self.known if not self.is_closed(path)]

    def is_closed(self, path: bytes) -> bool:
        """Whether nothing is known about this path."""
        return any(not each or path == each or path.startswith(each + b"/") for each in self.closed)

    def add(self, path: bytes, status: os.stat_result, *, is_known: bool) -> None:
        """Take a file in that is new or changed."""
        if self.has_room_for(path):
            self.files[path] = (status.st_size, status.st_mtime_ns)
            self.changed += is_known

    def has_room_for(self, path: bytes) -> bool:
        """Whether a path is short enough to be kept; remarks on one that is not."""
        if len(path) > LONGEST_PATH:
            self.remark(path, TOO_LONG)
        return len(path) <= LONGEST_PATH

    def remark(self, path: bytes, words: str) -> None:
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(f"“{_short(path)}” {words}")


def look(
    root: int,
    start: bytes = b"",
    known: dict[bytes, Known] | None = None,
    progress: Callable[[Listing], None] | None = None,
) -> Listing:
    """List the audio files below a folder of an open root; OSError, NotRead if the folder itself cannot be opened.

    `known` is used up: what was found is taken out of it. `progress` is told the listing so far after each folder.
    """
    found, left = Listing(known if known is not None else {}), [start]
    while left:
        path = left.pop()
        try:
            inside = _look_into(root, path, found)
        except OSError as error:
            if path == start:
                raise
            _close(found, path, error)
            continue
        left += inside
        if progress:
            progress(found)
    return found


def _look_into(root: int, path: bytes, found: Listing) -> list[bytes]:
    """Compare a folder's audio files; return the folders in it."""
    prefix = path + b"/" if path else b""
    folder = open_folder(root, path)
    try:
        with os.scandir(folder) as entries:
            others = _compare(entries, prefix, found)
            inside = [each for entry in others if (each := _folder(entry, prefix, found))]
    finally:
        os.close(folder)
    found.folders += 1
    return inside


def _compare(
    entries: "Iterable[os.DirEntry[str]]", prefix: bytes, found: Listing
) -> "list[os.DirEntry[str]]":
    """Compare the audio files among these; return all else. Written for 100,000: little is done for what is known."""
    others: list[os.DirEntry[str]] = []
    take_known, same = found.known.pop, 0
    for entry in entries:
        path = prefix + entry.name.encode("utf-8", "surrogateescape")
        row = take_known(path, None)
        if row is None and not is_audio(path[len(prefix) :]):
            others.append(entry)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
            if row and row[2] == status.st_mtime_ns and row[1] == status.st_size and S_ISREG(status.st_mode):
                same += 1
            elif not _take_differing(path, row, status, found):
                others.append(entry)
        except OSError as error:
            _leave(path, row, found)
            _close(found, path, error)
    found.same += same
    found.is_empty = found.is_empty and not (same or found.files or found.closed or others)
    return others


def _take_differing(path: bytes, row: Known | None, status: os.stat_result, found: Listing) -> bool:
    """Take in a file that is new or changed; return False for what is no file, and what is known there stays so."""
    if S_ISREG(status.st_mode):
        found.add(path, status, is_known=row is not None)
        return True
    _leave(path, row, found)
    return False


def _leave(path: bytes, row: Known | None, found: Listing) -> None:
    """Leave it to others what became of a known file: it was not found."""
    if row:
        found.known[path] = row


def _folder(entry: "os.DirEntry[str]", prefix: bytes, found: Listing) -> bytes:
    """Return the path of a folder to look into; b"" for all else, with a remark if it may be music or lead to it."""
    path = prefix + os.fsencode(entry.name)
    if entry.name.startswith("."):  # what systems and programs keep for themselves: .Trash, ._Master.wav
        return b""
    if is_sheet(path) and entry.is_file(follow_symlinks=False):
        _note_sheet(entry, path, found)
        return b""
    is_music, leads_away = is_audio(path.rpartition(b"/")[2]), entry.is_symlink() and _is_folder(entry)
    if entry.is_dir(follow_symlinks=False):
        return path if found.has_room_for(path) else b""
    if leads_away or (is_music and entry.is_symlink()):
        found.leads_away = found.leads_away or leads_away
        found.remark(path, LINK)
    elif is_music:
        found.remark(path, NOT_REGULAR)
    return b""


def _note_sheet(entry: "os.DirEntry[str]", path: bytes, found: Listing) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        _close(found, path, error)
        return
    if found.has_room_for(path):
        found.sheets[path] = (status.st_size, status.st_mtime_ns)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _close(found: Listing, path: bytes, error: OSError) -> None:
    """Say that something cannot be looked at, unless it went meanwhile or became a link."""
    if error.errno in VANISHED:
        return
    found.closed[path] = str(not_read(error))
    found.remark(path, f"could not be looked at, so nothing in it is called missing. {not_read(error)}")


def _short(path: bytes) -> str:
    """Return a path short enough for a remark, its end rather than its beginning."""
    text = shown(path)
    return text if len(text) <= 120 else f"…{text[-119:]}"
