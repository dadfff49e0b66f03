"""ISRC, the code of one recording (ISO 3901:2019): stored bare and upper-case, shown with hyphens.

Only the form is checked; whether a code was really allotted cannot be told offline. We do not use the package
``iso3901``: its ``parse`` refuses prefixes newer than its table, ignores trailing text and refuses spaces.
"""

import re

from django.core.exceptions import ValidationError

_SEPARATORS = re.compile(r"[\s\-\u2010\u2011\u2013]+")
_PREFIX = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")
LAST_NUMBER = 99_999
"""The designation code has five digits."""
_WELL_FORMED = re.compile(r"(?:ISRC:?)?([A-Z]{2}[A-Z0-9]{3}[0-9]{7})")


def parse_isrc(text: str) -> str:
    """Return the 12 characters, bare and upper-case; hyphens, spaces and a leading "ISRC" may be typed.

    The first two letters need not be a country (QM is the US, ZZ the international agency).
    Raises ValidationError (code "invalid") when it is not well-formed.
    """
    typed = _SEPARATORS.sub("", text)
    found = _WELL_FORMED.fullmatch(typed.upper()) if typed.isascii() else None
    if found is None:
        raise ValidationError(
            "An ISRC has 12 characters: two letters, three letters or digits, then seven digits, "
            "such as QM-ABC-25-00001.",
            code="invalid",
        )
    return found[1]


def display_isrc(bare: str) -> str:
    """Return a stored code as `CC-PPP-YY-NNNNN`; an empty one stays empty."""
    return "-".join((bare[:2], bare[2:5], bare[5:7], bare[7:])) if bare else ""


def parse_prefix(text: str) -> str:
    """Return the five characters of a prefix that somebody issues codes under, bare and upper-case.

    Raises ValidationError (code "invalid") when it is not well-formed.
    """
    typed = _SEPARATORS.sub("", text)
    if not (typed.isascii() and _PREFIX.fullmatch(typed.upper())):
        raise ValidationError(
            "A prefix has five characters: two letters, then three letters or digits, such as QM-ABC.",
            code="invalid",
        )
    return typed.upper()


def make_isrc(prefix: str, year: int, number: int) -> str:
    """Return the code of a prefix, the year it is assigned in and a number from 1 to 99999."""
    if not 1 <= number <= LAST_NUMBER:
        raise ValueError(f"no ISRC has the number {number}")
    return f"{prefix}{year % 100:02}{number:05}"
