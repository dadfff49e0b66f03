"""How long a WAV file says it is: FFmpeg says how much of it is there, so that one cut off would look whole."""

import struct
from typing import BinaryIO

STREAMED = (0, 0xFFFFFFFF)
"""What stands for a length that was not known yet when the header was written."""
CHUNKS = 50
"""So many are looked at before the sound."""


def wave_ms(stream: BinaryIO) -> int | None:
    """Return the milliseconds that a WAV file's header promises; None for others. Leaves the place as it was."""
    place = stream.tell()
    try:
        stream.seek(0)
        return _promised(stream)
    finally:
        stream.seek(place)


def _promised(stream: BinaryIO) -> int | None:
    head, bytes_a_second = stream.read(12), 0
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None
    for _ in range(CHUNKS):
        chunk = stream.read(8)
        if len(chunk) < 8:
            return None
        name, size = struct.unpack("<4sI", chunk)
        if name == b"data":
            return None if size in STREAMED or not bytes_a_second else size * 1000 // bytes_a_second
        start = stream.tell()
        if name == b"fmt " and size >= 16:
            bytes_a_second = struct.unpack("<8xI", stream.read(12))[0]
        stream.seek(start + size + size % 2)
    return None
