"""Opening files of a shelf: no path leaves its folder, nothing but regular files is read, nothing is followed.

Paths are bytes, relative to the shelf's folder, as the file system keeps them. Each step of a path is opened inside
the folder before it (`openat`), so that nobody can slip in a link between a look and the opening.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings

from recordings.models import File, Shelf

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
REGULAR = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a FIFO would keep us waiting

LONGEST_PATH = 2000
"""Bytes; what is longer fits no index."""

SENTENCES = {
    errno.ENOENT: "It is not there any more.",
    errno.ENOTDIR: "A folder on its path is a link or was replaced by a file; links are not followed.",
    errno.ELOOP: "It is a link; links are not followed.",
    errno.EACCES: "Trackflow may not read it: check its permissions.",
    errno.EPERM: "Trackflow may not read it: check its permissions.",
    errno.EIO: "The disk reports an error while reading it (input/output error): check the disk.",
    errno.ESTALE: "The network folder lost it: check the connection.",
    errno.ENOTCONN: "The network folder does not answer: check the connection.",
    errno.ETIMEDOUT: "The network folder does not answer: check the connection.",
    errno.EMFILE: "Too many files are open at once.",
    errno.ENXIO: "It is no regular file.",
}


class NotRead(Exception):
    """A file or folder that is not read; its text is a sentence for a person. `is_lasting`: trying again is no use."""

    def __init__(self, sentence: str, *, is_lasting: bool = True) -> None:
        super().__init__(sentence)
        self.is_lasting = is_lasting


def not_read(error: OSError) -> NotRead:
    """Return what to say of an error of the system; what a disk or network did may pass."""
    sentence = SENTENCES.get(error.errno or 0) or f"The system could not read it: {error.strerror}."
    return NotRead(
        sentence, is_lasting=error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO)
    )


def open_root(shelf: Shelf) -> int:
    """Return a descriptor of a shelf's folder, to be closed; NotRead if it is not there."""
    if not 1 <= shelf.root <= len(settings.SHELVES):
        raise NotRead(f"SHELVES names no folder number {shelf.root}.")
    try:
        return os.open(settings.SHELVES[shelf.root - 1], FOLDER & ~os.O_NOFOLLOW)
    except OSError as error:
        raise not_read(error) from error


def parts_of(path: bytes) -> list[bytes]:
    """Return the steps of a path; NotRead if it could lead out of its folder."""
    parts = path.split(b"/")
    if b"\0" in path or {b"", b".", b".."} & {*parts}:
        raise NotRead("Its path does not stay inside the folder.")
    return parts


def open_folder(root: int, path: bytes) -> int:
    """Return a descriptor of a folder below a root (b"": the root itself), to be closed; OSError, NotRead."""
    folder = os.dup(root)
    for part in parts_of(path) if path else []:
        inside = folder
        try:
            folder = os.open(part, FOLDER, dir_fd=inside)
        finally:
            os.close(inside)
    return folder


def open_below(root: int, path: bytes) -> int:
    """Return a descriptor of a regular file below a root, to be closed; NotRead for anything else."""
    name = parts_of(path)[-1]
    try:
        folder = open_folder(root, path[: -len(name) - 1])
        try:
            found = os.open(name, REGULAR, dir_fd=folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise not_read(error) from error
    if not stat.S_ISREG(os.fstat(found).st_mode):
        os.close(found)
        raise NotRead("It is no regular file.")
    return found


@contextmanager
def opened(file: File) -> Iterator[BinaryIO]:
    """Open a file of a shelf for reading, unbuffered; NotRead with a sentence if that cannot be done."""
    root = open_root(file.shelf)
    try:
        descriptor = open_below(root, bytes(file.path))
    finally:
        os.close(root)
    with open(descriptor, "rb", buffering=0) as stream:
        yield stream


def is_at(root: int, path: bytes) -> bool:
    """Whether anything lies at a path below a root; what cannot be asked counts as there."""
    try:
        return status_at(root, path) is not None
    except OSError:
        return True


def status_at(root: int, path: bytes) -> os.stat_result | None:
    """Return what a path below a root is, no link followed; None if nothing lies there; OSError."""
    name = parts_of(path)[-1]
    try:
        folder = open_folder(root, path[: -len(name) - 1])
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return None
        raise
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    finally:
        os.close(folder)
