"""Tempo in bands, each of which is one range of the queue's query."""

from bisect import bisect_right
from decimal import Decimal

from catalog.music.query_values import Tempo, write_tempo

STARTS = (0, 90, 110, 120, 125, 130, 140, 160, 180)
BEYOND = 1000
"""Faster than any band."""

FINEST = Decimal("0.01")
"""Tempos have two decimals: a band ends this far below the next."""


def band_of(tempo: Decimal | None) -> int | None:
    """Return the slowest tempo of the band; None for an unknown one."""
    return None if tempo is None else STARTS[bisect_right(STARTS, tempo) - 1]


def range_of(band: int) -> str:
    """Return a band as the queue's query has it: `-89.99`, `120-124.99`, `180-`."""
    later = [start for start in STARTS if start > band]
    return write_tempo(Tempo(Decimal(band) or None, later[0] - FINEST if later else None))


def name_of(band: int) -> str:
    """Return a band in words: `Under 90`, `120 to 124.99`, `180 and more`."""
    later = [start for start in STARTS if start > band]
    if not later:
        return f"{band} and more"
    return f"{band} to {later[0] - FINEST}" if band else f"Under {later[0]}"
