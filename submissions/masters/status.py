"""Which masters of a signed track the label has: one pure function over a submission's events."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from submissions.choices import Transition

T = Transition
LOSSLESS = frozenset({"flac", "alac", "wavpack", "ape", "tta"})
"""Codecs other than PCM that keep every bit."""


class Happening(Protocol):
    """The fields of an event that are used here."""

    @property
    def transition(self) -> str: ...

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def payload(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Master:
    """The label's copy of a master. Digests are SHA-256 in hex: of the file's bytes, and of its encoded audio alone.

    `bit_depth` is None for codecs that have none.
    """

    codec: str
    sample_rate: int
    bit_depth: int | None
    length_ms: int
    file_digest: str
    audio_digest: str
    received_at: datetime | None = None

    @property
    def format_words(self) -> str:
        """Return the format as people say it: `24 bit, 44.1 kHz`."""
        return format_words(self.codec, self.sample_rate, self.bit_depth)


SAID = tuple(each.name for each in fields(Master) if each.name != "received_at")
"""What an event says of a master."""


def read_masters(events: Iterable[Happening]) -> list[Master]:
    """Return the masters that have arrived and were not removed, the newest last, after these events in order."""
    masters: dict[str, Master] = {}
    for event in events:
        if event.transition == T.MASTER_RECEIVED:
            said = {name: event.payload[name] for name in SAID}
            masters[said["audio_digest"]] = Master(**said, received_at=event.recorded_at)
        elif event.transition == T.MASTER_REMOVED:
            masters.pop(event.payload["audio_digest"], None)
    return list(masters.values())


def format_words(codec: str, sample_rate: int | None, bit_depth: int | None) -> str:
    """Return a format as people say it: `24 bit, 44.1 kHz`, or `MP3, 44.1 kHz`; "" if nothing is known."""
    is_lossless = codec.startswith("pcm_") or codec in LOSSLESS
    first = f"{bit_depth} bit" if bit_depth and is_lossless else codec.upper()
    rate = f"{sample_rate / 1000:.5g} kHz" if sample_rate else ""
    return ", ".join(filter(None, (first, rate)))
