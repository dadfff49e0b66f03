"""What lies in a shelf's folder: audio files with size and time, and what was left out."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from recordings.file_access import LONGEST_PATH, not_read, open_folder
from recordings.models.file import shown
from recordings.shelves.endings_table import OF_SYSTEMS, is_audio

Status = tuple[int, int]
"""Size, and modification time in ns."""
MOST_REMARKS = 50
VANISHED = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
LINK = "is a link; links are not followed."
NOT_REGULAR = "is no regular file, but a pipe, socket or device; it is left out."
TOO_LONG = "has too long a path (more than 2,000 bytes); it is left out. Shorten the names of its folders."


@dataclass
class Listing:
    """What a look found. Nothing at or below a path in `closed` is known: it could not be listed or asked."""

    files: dict[bytes, Status] = field(default_factory=dict)
    closed: dict[bytes, str] = field(default_factory=dict)
    folders: int = 0
    remarks: list[str] = field(default_factory=list)
    leads_away: bool = False
    """Whether a link to a folder lies here, into which watching would follow."""
    is_empty: bool = True
    """Whether the folder where the look began holds nothing at all."""

    def is_closed(self, path: bytes) -> bool:
        """Whether nothing is known about this path."""
        return any(not each or path == each or path.startswith(each + b"/") for each in self.closed)

    def remark(self, path: bytes, words: str) -> None:
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append(f"“{_short(path)}” {words}")


def look(
    root: int, start: bytes = b"", *, is_deep: bool = True, progress: Callable[[Listing], None] | None = None
) -> Listing:
    """List the audio files below a folder of an open root; OSError, NotRead if the folder itself cannot be opened.

    `progress` is told the listing so far after each folder.
    """
    found, left = Listing(), [start]
    while left:
        path = left.pop()
        try:
            inside = _look_into(root, path, found)
        except OSError as error:
            if path == start:
                raise
            if error.errno not in VANISHED:  # gone meanwhile, or replaced by a link
                _close(found, path, error)
            continue
        left += inside if is_deep else []
        if progress:
            progress(found)
    return found


def _look_into(root: int, path: bytes, found: Listing) -> list[bytes]:
    """Add a folder's files; return the folders in it."""
    inside: list[bytes] = []
    prefix = path + b"/" if path else b""
    folder = open_folder(root, path)
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                found.is_empty = False
                name = os.fsencode(entry.name)
                if name.startswith(OF_SYSTEMS):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inside.append(prefix + name)
                else:
                    _add(found, prefix + name, name, entry)
    finally:
        os.close(folder)
    found.folders += 1
    return [each for each in inside if _fits(each, found)]


def _add(found: Listing, path: bytes, name: bytes, entry: "os.DirEntry[str]") -> None:
    if not is_audio(name):
        if entry.is_symlink() and _is_folder(entry):
            found.leads_away = True
            found.remark(path, LINK)
    elif entry.is_file(follow_symlinks=False):
        _add_file(found, path, entry)
    else:
        found.remark(path, LINK if entry.is_symlink() else NOT_REGULAR)


def _add_file(found: Listing, path: bytes, entry: "os.DirEntry[str]") -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError as error:
        _close(found, path, error)
        return
    if _fits(path, found):
        found.files[path] = (status.st_size, status.st_mtime_ns)


def _fits(path: bytes, found: Listing) -> bool:
    if len(path) > LONGEST_PATH:
        found.remark(path, TOO_LONG)
        return False
    return True


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _close(found: Listing, path: bytes, error: OSError) -> None:
    found.closed[path] = str(not_read(error))
    found.remark(path, f"could not be looked at, so nothing in it is called missing. {not_read(error)}")


def _short(path: bytes) -> str:
    """Return a path short enough for a remark, its end rather than its beginning."""
    text = shown(path)
    return text if len(text) <= 120 else f"…{text[-119:]}"
