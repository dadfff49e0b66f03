"""Musical keys, stored as Camelot codes ("8A" is A minor).

Source: the Camelot wheel as printed in ``music-data.md``. Its numbers follow the circle of fifths, so two
keys mix well when they share a number or are neighbours on the same side. Open Key numbers the same circle from C.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError

from catalog.music.key_name_table import ACCIDENTALS, GERMAN_MODES, MAJOR, MINOR, SEMITONES, UNKNOWN_WORDS
from kit.text_comparison import plain_signs

UNKNOWN_KEY = "unknown"
"""Stored if the producer answers that the key is unknown or the track atonal."""

_UNKNOWN_LABEL = "Unknown or atonal"

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

_SIGNS = str.maketrans({"♯": "#", "♭": "b"})


def _words(words: Mapping[str, int] | tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_CAMELOT = re.compile(r"0?([1-9]|1[0-2])\s*([ab])", re.IGNORECASE)
_OPEN_KEY = re.compile(r"0?([1-9]|1[0-2])\s*([dm])", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?i:({_words(SEMITONES)}))(?i:[\s_-]*({_words(ACCIDENTALS)}))"
    rf"(?:[\s_-]*(m|(?i:{_words((*MINOR[1:], *MAJOR))})))?\.?"
)
_INTRODUCED = re.compile(r"(?:(?:musical |open )?key|camelot|tonart)\b[\s:=]*", re.IGNORECASE)
_TUNING = re.compile(
    r"\s*\(?\s*[+±-]\s*[0-9]{1,3}(?:[.,][0-9]+)?\s*(?:cents?|ct|c|¢|%)?\s*\)?$"
    r"|[\s(@]+(?:A\s*=\s*)?4[0-9]{2}\s*Hz\)?$",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(r"([a-h][#b]?)\s*/\s*([a-h][#b]?[\s_-]*([a-z]+\.?))", re.IGNORECASE)
_BETWEEN = re.compile(r"[/|()\[\],;:=·]| - |(?<=[0-9][ABDM])[\s-]+|[\s-]+(?=[0-9])", re.IGNORECASE)


def _pitch(tonic: str, sign: str) -> int:
    return (SEMITONES[tonic.lower()] + ACCIDENTALS[sign.lower()]) % 12


_BY_PITCH: Mapping[tuple[int, str], str] = MappingProxyType(
    {
        (_pitch(name[0], name.split()[0].translate(_SIGNS)[1:]), code[-1]): code
        for code, name in _MUSICAL.items()
    }
)


LONGEST = 200
"""Characters of a key in several notations; what is longer is none, and would take seconds to read."""
_EXAMPLES = "Write it like Am, F#m, Gb major or 8A, or choose “unknown”."


def _invalid(reason: str = "We do not know this key.") -> ValidationError:
    return ValidationError(f"{reason} {_EXAMPLES}", code="invalid")


def parse_key(text: str) -> str:
    """Return the Camelot code of a key typed as a name ("Am", "G♭ major", "H-moll") or as a code ("8a", "1m").

    Several notations of one key ("8A / Am") and a tuning ("+50 cents") are fine; a letter alone is a major key: "A"
    is 11B. Returns UNKNOWN_KEY for "unknown", "atonal" and the like. Raises ValidationError (code "invalid") for
    anything else, for "", for the ambiguous "AM" and for two different keys.
    """
    if len(text) > LONGEST:
        raise _invalid()
    typed = plain_signs(text).translate(_SIGNS).strip()
    if typed.lower() in UNKNOWN_WORDS:
        return UNKNOWN_KEY
    bare = _TUNING.sub("", _INTRODUCED.sub("", typed, count=1)).strip()
    whole = _read_one(bare)
    if whole:
        return whole
    named = _TWO_NAMES.sub(r"\1 \3/\2", bare) if _TWO_NAMES.fullmatch(bare) else bare
    found = {_read_one(part.strip()) for part in _BETWEEN.split(named) if part.strip()}
    if not found or "" in found:
        raise _invalid()
    if len(found) > 1:
        codes = " and ".join(sorted(found))
        raise _invalid(f"These are different keys: {codes}.")
    return found.pop()


def _read_one(typed: str) -> str:
    """Return the Camelot code of a single notation, "" if it is none."""
    if camelot := _CAMELOT.fullmatch(typed):
        return camelot[1] + camelot[2].upper()
    if open_key := _OPEN_KEY.fullmatch(typed):
        number = (int(open_key[1]) + 6) % 12 + 1
        return f"{number}{'A' if open_key[2].lower() == 'm' else 'B'}"
    named = _NAMED.fullmatch(typed)
    if named is None:
        return ""
    tonic, sign, mode = (part or "" for part in named.groups())
    if tonic.lower() == "b" and not sign and mode.lower() in GERMAN_MODES:
        sign = "b"
    return _BY_PITCH[_pitch(tonic, sign), "A" if mode.lower() in MINOR else "B"]


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
