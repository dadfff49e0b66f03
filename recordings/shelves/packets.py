"""A file's audio by its encoded packets, read in a process of its own: a crash of FFmpeg costs one file alone.

`python -m recordings.shelves.packets` reads requests as lines of JSON, `{"id": 1, "path": "/proc/1234/fd/7"}`, and
answers each with `result` or `error`. Without Django. A file's name says little: what is called `.mp3` may be a
playlist that names other files and addresses. So only formats that hold audio are opened, and FFmpeg opens nothing
by itself.
"""

import hashlib
import json
import os
import re
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from recordings.formats import FORMATS

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

NO_AUDIO = "There is no audio in it that can be read."
MISSING = "Reading audio needs PyAV: install the extra `local` (requirements-local.txt)."
OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}


class NoAudio(Exception):
    """A file that holds no audio which can be read."""


@dataclass(frozen=True)
class Audio:
    """A file's audio: `digest` is the SHA-256 of codec, rate, channels and every encoded packet."""

    digest: str
    codec: str
    sample_rate: int
    bit_depth: int | None
    channels: int
    length_ms: int | None
    """By the packets that are there."""
    declared_ms: int | None
    """By what the file says of itself: more, if it was cut off."""


def audio_in(stream: BinaryIO) -> Audio:
    """Read every packet of a file's first audio stream; NoAudio if there is none."""
    import av  # lazy: the extra local

    try:
        with av.open(stream, "r", options=OPTIONS, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise NoAudio
            return _read(container, container.streams.audio[0])
    except av.FFmpegError as error:
        raise NoAudio from error


def _read(container: "InputContainer", audio: "AudioStream") -> Audio:
    context = audio.codec_context
    digest = hashlib.sha256(f"{context.name}/{context.sample_rate}/{context.channels}/".encode())
    ticks, count = 0, 0
    for packet in container.demux(audio):
        digest.update(packet)
        count += packet.size
        ticks += packet.duration or 0
    if not count or audio.time_base is None:
        raise NoAudio
    declared = audio.duration * audio.time_base if audio.duration else None
    return Audio(
        digest.hexdigest(),
        codec=context.name,
        sample_rate=context.sample_rate,
        bit_depth=_bits_of(context.name, context.format.name if context.format else ""),
        channels=context.channels,
        length_ms=round(1000 * ticks * audio.time_base) or None,
        declared_ms=round(1000 * declared) if declared else None,
    )


def _bits_of(codec: str, sample_format: str) -> int | None:
    """Return the bits of a sample of a lossless codec, by the names of codec and sample format; None for others."""
    if found := re.match(r"pcm_[a-z](\d+)", codec):
        return int(found[1])
    if codec in ("flac", "alac", "wavpack"):
        return 16 if sample_format.startswith("s16") else 24
    return None


def main() -> None:
    """Answer one request after the other, until the standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in sys.stdin:
        request = json.loads(line)
        answers.write(json.dumps({"id": request["id"], **_answer(request["path"])}) + "\n")
        answers.flush()


def _answer(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb", buffering=0) as stream:
            return {"result": asdict(audio_in(stream))}
    except NoAudio:
        return {"error": NO_AUDIO, "is_lasting": True}
    except ImportError:
        return {"error": MISSING, "is_lasting": False}
    except OSError as error:
        return {"error": f"The system could not read it: {error.strerror}.", "is_lasting": False}


if __name__ == "__main__":
    main()
