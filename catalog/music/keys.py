"""Musical keys, stored as Camelot codes ("8A" is A minor).

Source: the Camelot wheel as printed in ``music-data.md``. Its numbers follow the circle of fifths, so two
keys mix well when they share a number or are neighbours on the same side.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError

UNKNOWN_KEY = "unknown"
"""Stored if the producer answers that the key is unknown or the track atonal."""

_UNKNOWN_LABEL = "Unknown or atonal"
_UNKNOWN_WORDS = frozenset(
    {"unknown", "atonal", "unknown/atonal", "unknown or atonal", "none", "no key", "n/a"}
)

_MINOR = ("A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "D♭")
_MAJOR = ("B", "F♯", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E")

_MUSICAL: Mapping[str, str] = MappingProxyType(
    {
        f"{number}{letter}": f"{tonic} {mode}"
        for number in range(1, 13)
        for letter, tonics, mode in (("A", _MINOR, "minor"), ("B", _MAJOR, "major"))
        for tonic in (tonics[number - 1],)
    }
)

KEYS: tuple[tuple[str, str], ...] = tuple((code, f"{code} · {name}") for code, name in _MUSICAL.items())
"""The 24 keys as choices: ("8A", "8A · A minor")."""

KEY_CHOICES: tuple[tuple[str, str], ...] = (*KEYS, (UNKNOWN_KEY, _UNKNOWN_LABEL))
"""The 24 keys and "unknown"."""

_SEMITONES = MappingProxyType({"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11})
_SHIFT = MappingProxyType({"": 0, "#": 1, "b": -1})
_SIGNS = str.maketrans({"♯": "#", "♭": "b"})

_CAMELOT = re.compile(r"0?([1-9]|1[0-2])\s*([ab])", re.IGNORECASE)
_NAMED = re.compile(r"([A-Ga-g])\s*([#bB]?)[\s_-]*(m|(?i:min|minor|maj|major))?")


def _pitch(tonic: str, sign: str) -> int:
    return (_SEMITONES[tonic.upper()] + _SHIFT[sign]) % 12


_BY_PITCH: Mapping[tuple[int, str], str] = MappingProxyType(
    {
        (_pitch(name[0], name.split()[0].translate(_SIGNS)[1:]), code[-1]): code
        for code, name in _MUSICAL.items()
    }
)


def _invalid() -> ValidationError:
    return ValidationError(
        "We do not know this key. Write it like Am, F#m, Gb major or 8A, or choose “unknown”.", code="invalid"
    )


def parse_key(text: str) -> str:
    """Return the Camelot code of a key typed as a name ("Am", "G♭ major") or as a code ("8a", "08A").

    A letter alone is a major key: "A" is 11B. Returns UNKNOWN_KEY for "unknown", "atonal" and the like.
    Raises ValidationError (code "invalid") for anything else, for "" and for the ambiguous "AM".
    """
    typed = text.strip().translate(_SIGNS)
    if typed.lower() in _UNKNOWN_WORDS:
        return UNKNOWN_KEY
    if camelot := _CAMELOT.fullmatch(typed):
        return camelot[1] + camelot[2].upper()
    named = _NAMED.fullmatch(typed)
    if named is None:
        raise _invalid()
    letter = "A" if (named[3] or "").lower() in {"m", "min", "minor"} else "B"
    return _BY_PITCH[_pitch(named[1], named[2].lower()), letter]


def musical(camelot: str) -> str:
    """Return a stored key as its name: "8A" is "A minor". Raises ValidationError for an unknown value."""
    if camelot == UNKNOWN_KEY:
        return _UNKNOWN_LABEL
    if camelot not in _MUSICAL:
        raise _invalid()
    return _MUSICAL[camelot]


def compatible(camelot: str) -> tuple[str, ...]:
    """Return the keys that mix well with a stored one, itself first; none for UNKNOWN_KEY.

    They are itself, the other letter at its number, and its two neighbours at its letter (12 and 1 are
    neighbours). Raises ValidationError for an unknown value.
    """
    if camelot == UNKNOWN_KEY:
        return ()
    if camelot not in _MUSICAL:
        raise _invalid()
    number, letter = int(camelot[:-1]), camelot[-1]
    other = "B" if letter == "A" else "A"
    return (
        camelot,
        f"{number}{other}",
        f"{(number - 2) % 12 + 1}{letter}",
        f"{number % 12 + 1}{letter}",
    )


def key_choices() -> tuple[tuple[str, str], ...]:
    """Return `KEY_CHOICES`; a function, so that migrations do not copy the list."""
    return KEY_CHOICES
