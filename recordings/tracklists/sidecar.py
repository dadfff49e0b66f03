"""The .cue file beside a recording's file: read, and written whole or not at all.

No path leaves the shelf's folder and no link is followed (`recordings.file_access`). What somebody else wrote is not
written over without being asked.
"""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from kit.charsets import text_of
from recordings.file_access import NotRead, not_read, open_below, open_folder, open_root, parts_of
from recordings.models import File
from recordings.shelves.cue_sheets import names_beside
from recordings.tracklists.cue import reading_of_cue
from recordings.tracklists.line import MOST_SIGNS, Reading, UnreadableError

MOST_BYTES = 4 * MOST_SIGNS
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
TOO_LARGE = "The CUE sheet is too large: it may have 400 KB at most."


class ForeignError(Exception):
    """A CUE sheet that Trackflow did not write lies there already."""


@dataclass(frozen=True)
class Sidecar:
    """A sheet as it lies beside a file."""

    name: bytes
    digest: str
    reading: Reading


def read_sidecar(file: File) -> Sidecar | None:
    """Return the sheet beside a file, None if there is none. Raises UnreadableError, NotRead."""
    folder, name = _place_of(file)
    root = open_root(file.shelf)
    try:
        for each in names_beside(name):
            data = _bytes_at(root, folder + each)
            if data is not None:
                rows = text_of(data).splitlines()
                reading = reading_of_cue(rows, file_name=os.fsdecode(name))
                return Sidecar(each, sha256(data).hexdigest(), reading)
    finally:
        os.close(root)
    return None


def write_sidecar(file: File, text: str, *, own_digest: str, replace: bool = False) -> str:
    """Write a sheet beside a file and return its digest; readers see the old one or the new one, never a part.

    `own_digest` is that of the sheet written last. Raises ForeignError for another one there, unless it is to be
    replaced, and NotRead if the folder cannot be written to.
    """
    folder, name = _place_of(file)
    target, data = names_beside(name)[0], text.encode()
    root = open_root(file.shelf)
    try:
        there = _bytes_at(root, folder + target)
        is_own = there is not None and own_digest == sha256(there).hexdigest()
        if there is not None and not is_own and not replace:
            raise ForeignError
        inside = open_folder(root, folder.rstrip(b"/"))
        try:
            _write(inside, target, data, may_replace=there is not None)
        finally:
            os.close(inside)
    except FileExistsError as error:
        raise ForeignError from error
    except OSError as error:
        raise _not_written(error) from error
    finally:
        os.close(root)
    return sha256(data).hexdigest()


def _write(folder: int, name: bytes, data: bytes, *, may_replace: bool) -> None:
    """Write aside, flush, then put in place; FileExistsError if something has come there meanwhile."""
    aside = b".%s.%d.part" % (name[:200], os.getpid())
    with suppress(FileNotFoundError):
        os.unlink(aside, dir_fd=folder)
    try:
        with open(os.open(aside, NEW, 0o644, dir_fd=folder), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if may_replace:
            os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
        else:
            _link(aside, name, folder)
        os.fsync(folder)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(aside, dir_fd=folder)


def _link(aside: bytes, name: bytes, folder: int) -> None:
    """Give a file its name unless that is taken; file systems without hard links are asked first instead."""
    try:
        os.link(aside, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=folder, follow_symlinks=False)
            raise FileExistsError(name) from None
        os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)


def _place_of(file: File) -> tuple[bytes, bytes]:
    """Return a file's folder, "" or with a slash at its end, and its name. Raises NotRead."""
    path = bytes(file.path)
    name = parts_of(path)[-1]
    return path[: -len(name)], name


def _bytes_at(root: int, path: bytes) -> bytes | None:
    """Return what a file holds, None if nothing lies there. Raises UnreadableError, NotRead."""
    try:
        descriptor = open_below(root, path)
    except NotRead as refusal:
        if isinstance(refusal.__cause__, FileNotFoundError):
            return None
        raise
    with open(descriptor, "rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableError(TOO_LARGE)
    return data


def _not_written(error: OSError) -> NotRead:
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotRead(
            "Trackflow may not write into this folder: check its permissions, or download the sheet."
        )
    if error.errno == errno.ENOSPC:
        return NotRead("The disk is full. Nothing was written.")
    return not_read(error)
