"""Five rhythms as bars of sixteenths, and the genre whose usual tempo each has: own knowledge.

`x` is a hit, `o` a soft one. Chords are degrees of the key, one a bar, as semitones of root and third and fifth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A bar of drums and bass, the genre's slug and tempos that it is played at."""

    genre: str
    kick: str
    snare: str
    hat: str
    bass: str
    tempos: tuple[float, float]
    swing: float = 0.0


RHYTHMS: Mapping[str, Rhythm] = MappingProxyType(
    {
        "house": Rhythm(
            "house",
            "x...x...x...x...",
            "....x.......x...",
            "..x.o.x...x.o.xo",
            "..x..x..x.x..x..",
            (120, 130),
        ),
        "techno": Rhythm(
            *(
                "techno-peak-time",
                "x...x...x...x...",
                "................",
                "o.x.o.x.o.x.oox.",
                ".xxx.xxx.xxx.xxx",
            ),
            (128, 145),
        ),
        "drum and bass": Rhythm(
            "drum-bass",
            "x.........x.....",
            "....x..o.o..x...",
            "x.x.x.x.x.x.x.xo",
            "x.....x...x.....",
            (165, 180),
        ),
        "hip-hop": Rhythm(
            *("hip-hop", "x......x..x.....", "....x.......x..o", "x.x.x.x.x.x.x.x.", "x......x..x..x.."),
            *((75, 105), 0.12),
        ),
        "trap": Rhythm(
            *(
                "trap-future-bass",
                "x.....x....x....",
                "........x.......",
                "x.x.x.xxx.x.xoxo",
                "x.....x.....x...",
            ),
            (140, 160),
        ),
        "breakbeat": Rhythm(
            "breaks",
            "x.x.......xx....",
            "....x..o.o..x..o",
            "x.x.x.x.x.x.x.x.",
            "x.x.......x...x.",
            (125, 140),
        ),
    }
)

Chords = tuple[tuple[int, ...], ...]

_MINOR: tuple[Chords, ...] = (
    ((0, 3, 7), (0, 3, 7), (8, 12, 15), (10, 14, 17)),
    ((0, 3, 7), (5, 8, 12), (0, 3, 7), (7, 10, 14)),
    ((0, 3, 7), (8, 12, 15), (5, 8, 12), (7, 11, 14)),
    ((0, 3, 7, 10), (5, 8, 12, 15), (0, 3, 7, 10), (0, 3, 7)),
)
_MAJOR: tuple[Chords, ...] = (
    ((0, 4, 7), (5, 9, 12), (0, 4, 7), (7, 11, 14)),
    ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)),
    ((0, 4, 7), (0, 4, 7), (5, 9, 12), (7, 11, 14)),
    ((0, 4, 7, 11), (2, 5, 9), (7, 11, 14), (0, 4, 7)),
)
PROGRESSIONS: Mapping[str, tuple[Chords, ...]] = MappingProxyType({"A": _MINOR, "B": _MAJOR})
"""By the letter of the Camelot code."""
