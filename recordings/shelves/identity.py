"""What a file is, in three grades: its bytes, its audio, how it sounds; with what its tags say."""

import os
from dataclasses import dataclass
from typing import BinaryIO

from recordings.choices import Fact
from recordings.file_access import NotRead, not_read
from recordings.shelves.audio_digest import audio_digest_of
from recordings.shelves.fingerprint import fingerprint_of
from recordings.shelves.hashes import hashes_of
from recordings.shelves.packets import Audio
from recordings.shelves.tags import tags_of

EMPTY = "The file is empty (0 bytes)."


class ChangedMeanwhile(Exception):
    """The file is not the one that was asked for, or became another while it was read."""


@dataclass(frozen=True)
class Identity:
    """What was read of a file; without `audio`, `problem` says why."""

    sha256: str
    xxh128: str
    audio: Audio | None
    fingerprint: list[int]
    tags: dict[Fact, str]
    problem: str = ""


def identity_of(stream: BinaryIO, size: int, mtime_ns: int) -> Identity:
    """Read a file of this size and time; ChangedMeanwhile if it is another one, NotRead for trouble of the disk."""
    try:
        _must_be(stream, size, mtime_ns)
        sha256, xxh128, count = hashes_of(stream)
        audio, problem = _audio_of(stream) if size else (None, EMPTY)
        fingerprint, tags = (fingerprint_of(stream), tags_of(stream)) if audio else ([], {})
        _must_be(stream, size, mtime_ns)
    except OSError as error:
        raise not_read(error) from error
    if count != size:
        raise ChangedMeanwhile
    return Identity(sha256, xxh128, audio, fingerprint, tags, problem)


def _must_be(stream: BinaryIO, size: int, mtime_ns: int) -> None:
    status = os.fstat(stream.fileno())
    if (status.st_size, status.st_mtime_ns) != (size, mtime_ns):
        raise ChangedMeanwhile


def _audio_of(stream: BinaryIO) -> tuple[Audio | None, str]:
    try:
        return audio_digest_of(stream), ""
    except NotRead as refusal:
        if not refusal.is_lasting:
            raise
        return None, str(refusal)
