"""What a file's audio is, by its encoded packets: the same for the same audio, whatever its tags say."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from recordings.containers import NO_AUDIO, audio_of, bits_of
from recordings.file_access import NotRead


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


def audio_digest_of(stream: BinaryIO) -> Audio:
    """Read every packet of a file's first audio stream; NotRead if there is none."""
    with audio_of(stream) as (container, audio):
        context = audio.codec_context
        digest = hashlib.sha256(f"{context.name}/{context.sample_rate}/{context.channels}/".encode())
        ticks, count = 0, 0
        for packet in container.demux(audio):
            digest.update(packet)
            count += packet.size
            ticks += packet.duration or 0
        if not count or audio.time_base is None:
            raise NotRead(NO_AUDIO)
        declared = audio.duration * audio.time_base if audio.duration else None
        return Audio(
            digest.hexdigest(),
            codec=context.name,
            sample_rate=context.sample_rate,
            bit_depth=bits_of(context.name, context.format.name if context.format else ""),
            channels=context.channels,
            length_ms=round(1000 * ticks * audio.time_base) or None,
            declared_ms=round(1000 * declared) if declared else None,
        )
