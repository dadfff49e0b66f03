"""Names of notes, accidentals and modes as people write them in keys, in the languages of most software.

Source: own knowledge; German names (H is B, Cis is C sharp, moll is minor) and solfège (La mineur).
"""

from collections.abc import Mapping
from types import MappingProxyType

SEMITONES: Mapping[str, int] = MappingProxyType(
    {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11}
    | {"do": 0, "re": 2, "ré": 2, "mi": 4, "fa": 5, "sol": 7, "la": 9, "si": 11}
)
"""Semitones above C."""

ACCIDENTALS: Mapping[str, int] = MappingProxyType(
    {"": 0, "#": 1, "b": -1, "sharp": 1, "flat": -1, "is": 1, "es": -1, "s": -1}
    | {"dièse": 1, "diese": 1, "diesis": 1, "sostenido": 1}
    | {"bémol": -1, "bemol": -1, "bemolle": -1}
)
"""Semitones up; "s" as in the German Es and As."""

MINOR = ("m", "min", "minor", "mol", "moll", "mineur", "minore", "menor", "klein")
MAJOR = ("maj", "major", "dur", "majeur", "maggiore", "mayor", "maior", "groot")
GERMAN_MODES = frozenset({"dur", "moll"})
"""Beside these, B is B flat."""

UNKNOWN_WORDS = frozenset(
    {"unknown", "atonal", "unknown/atonal", "unknown or atonal", "none", "no key", "n/a", "o", "off key", "?"}
)
"""Words for no key; "o" is the off key of the ID3 tag TKEY."""
