"""How a file sounds, by Chromaprint's `fpcalc` where it is installed (https://acoustid.org/chromaprint).

It is told how to read the file, by its first bytes, and guesses nothing: a playlist named like a song leads nowhere.
"""

import json
import os
import shutil
import subprocess
from contextlib import suppress
from typing import BinaryIO

PROGRAM = "fpcalc"
TIMEOUT = 60
"""Seconds; a file that takes longer has no fingerprint."""
LENGTH = 120
"""Seconds from the beginning that are listened to, as AcoustID does."""
MARKS = (
    *(
        (0, b"RIFF", "wav"),
        (0, b"RF64", "wav"),
        (0, b"riff", "w64"),
        (0, b"FORM", "aiff"),
        (0, b"caff", "caf"),
    ),
    *((0, b"fLaC", "flac"), (0, b"wvpk", "wv"), (4, b"ftyp", "mov"), (0, b"OggS", "ogg")),
)
"""Where a format's mark stands, the mark, and FFmpeg's name of what reads it (`recordings.formats`)."""
HEAD = 12
ID3 = 10
"""Bytes of an ID3v2 tag's own head (https://id3.org/id3v2.4.0-structure)."""


def fingerprint_of(stream: BinaryIO, *, seconds: int = LENGTH, timeout: float = TIMEOUT) -> list[int]:
    """Return the fingerprint of so many seconds from a file's beginning, 0 for all of it.

    Empty where `fpcalc` is not installed or cannot read the file. The file is opened anew: some formats say at their
    end where everything lies, and a pipe cannot go there.
    """
    program, descriptor = shutil.which(PROGRAM), stream.fileno()
    if program is None:
        return []
    options = ["-raw", "-json", "-length", str(seconds), "-format", demuxer_of(descriptor)]
    with suppress(subprocess.TimeoutExpired, ValueError, KeyError):
        # it ends with an error at the end of a file (1.5.1), and still says what it heard
        said = subprocess.run(  # noqa: S603  # our own words
            [program, *options, f"/proc/self/fd/{descriptor}"],
            pass_fds=[descriptor],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return [int(each) for each in json.loads(said.stdout)["fingerprint"]]
    return []


def demuxer_of(descriptor: int) -> str:
    """Return how FFmpeg calls what reads this open file; what has no mark is MP3 or AAC. Raises OSError."""
    start = 0
    head = os.pread(descriptor, HEAD, start)
    if head.startswith(b"ID3") and len(head) == HEAD:
        start = ID3 + sum(
            (each & 0x7F) << shift for each, shift in zip(head[6:10], (21, 14, 7, 0), strict=True)
        )
        head = os.pread(descriptor, HEAD, start)
    for at, mark, name in MARKS:
        if head[at:].startswith(mark):
            return name
    is_adts = len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0  # ISO 13818-7: layer is always 0
    return "aac" if is_adts else "mp3"
