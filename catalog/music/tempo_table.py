"""Typical tempo per genre slug, in beats per minute, both ends included.

Source: own knowledge as noted in ``music-data.md``; used for a warning, never to refuse a track. Genres without
a row have no typical tempo. The rows for a subgenre ("dubstep-midtempo",
"trap-future-bass-baile-funk") are own knowledge too: both move far from their parent's tempo.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TempoRange:
    """``low`` to ``high`` BPM; ``is_half_time`` if half of it is written as often."""

    low: Decimal
    high: Decimal
    is_half_time: bool = False


def _bpm(low: int, high: int, *, is_half_time: bool = False) -> TempoRange:
    return TempoRange(Decimal(low), Decimal(high), is_half_time)


TYPICAL_TEMPO: Mapping[str, TempoRange] = MappingProxyType(
    {
        "140-deep-dubstep-grime": _bpm(138, 142),
        "afro-house": _bpm(110, 124),
        "breaks": _bpm(125, 140),
        "deep-house": _bpm(110, 124),
        "downtempo": _bpm(70, 115),
        "drum-bass": _bpm(165, 180),
        "dubstep": _bpm(138, 142),
        "dubstep-midtempo": _bpm(90, 115),
        "hard-dance": _bpm(150, 300),
        "hard-techno": _bpm(145, 165),
        "hip-hop": _bpm(60, 110),
        "house": _bpm(120, 130),
        "melodic-house-techno": _bpm(118, 128),
        "organic-house": _bpm(110, 124),
        "psy-trance": _bpm(138, 148),
        "tech-house": _bpm(120, 130),
        "techno-peak-time": _bpm(128, 145),
        "techno-raw": _bpm(128, 145),
        "trance-main-floor": _bpm(132, 142),
        "trance-raw": _bpm(132, 142),
        "trap-future-bass": _bpm(140, 160, is_half_time=True),
        "trap-future-bass-baile-funk": _bpm(125, 140),
        "uk-garage-bassline": _bpm(128, 138),
    }
)
