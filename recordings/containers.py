"""Audio files as PyAV opens them: only formats that hold audio, and nothing beside the file itself.

A file's name says little: what is called `.mp3` may be a playlist that names other files and addresses. So formats are
those of `endings_table`, and FFmpeg may open nothing by itself.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from recordings.file_access import NotRead
from recordings.formats import FORMATS

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

NO_AUDIO = "There is no audio in it that can be read."
MISSING = "Reading audio needs PyAV: install the extra `local` (requirements-local.txt)."


@contextmanager
def audio_of(stream: BinaryIO) -> "Iterator[tuple[InputContainer, AudioStream]]":
    """Open a file's container and its first audio stream; NotRead with a sentence if there is none."""
    try:
        import av  # lazy: the extra local
    except ImportError as error:
        raise NotRead(MISSING, is_lasting=False) from error
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    stream.seek(0)
    try:
        with av.open(stream, options=options, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise NotRead(NO_AUDIO)
            yield container, container.streams.audio[0]
    except av.FFmpegError as error:
        raise NotRead(NO_AUDIO) from error


def bits_of(codec: str, sample_format: str) -> int | None:
    """Return the bits of a sample of a lossless codec, by the names of codec and sample format; None for others."""
    if found := re.match(r"pcm_[a-z](\d+)", codec):
        return int(found[1])
    if codec in ("flac", "alac", "wavpack"):
        return 16 if sample_format.startswith("s16") else 24
    return None
