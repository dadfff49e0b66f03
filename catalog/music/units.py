"""Tempo in beats per minute and length in whole seconds: parsing, display, and what is usual for a genre."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from catalog.music.genre_table import PARENTS
from catalog.music.tempo_table import TYPICAL_TEMPO, TempoRange
from kit.text_comparison import plain_signs

LOWEST = Decimal("40.00")
HIGHEST = Decimal("300.00")

_TYPED = re.compile(
    r"(?:bpm:?)?\s*[~≈]?\s*([0-9]{1,4}(?:[.,][0-9]{1,6})?)\s*(?:bpm|b\.p\.m\.)?", re.IGNORECASE
)


def parse_tempo(text: str) -> Decimal:
    """Return the tempo in BPM with two decimals, rounded half up; "128", "128,5" and "128 BPM" are fine.

    Raises ValidationError if it is not a number (code "invalid") or not from 40 to 300 ("range").
    """
    typed = _TYPED.fullmatch(plain_signs(text).strip())
    if typed is None:
        raise ValidationError("Give the tempo as a number, such as 128 or 127.5.", code="invalid")
    tempo = Decimal(typed[1].replace(",", "."))
    if not LOWEST <= tempo <= HIGHEST:
        raise ValidationError("The tempo must lie between 40 and 300 BPM.", code="range")
    return tempo.quantize(Decimal("0.01"), ROUND_HALF_UP)


def display_tempo(tempo: Decimal) -> str:
    """Return "122" or "127.5", without trailing zeros."""
    return f"{tempo.normalize():f}"


def typical_range(genre_slug: str) -> TempoRange | None:
    """Return the usual tempo of a genre, or of a subgenre or its parent; None if there is none."""
    return TYPICAL_TEMPO.get(genre_slug) or TYPICAL_TEMPO.get(PARENTS.get(genre_slug, ""))


def is_typical(genre_slug: str | None, tempo: Decimal | None) -> bool:
    """Return False only if the genre has a usual tempo and this one is outside it; used for hints only."""
    usual = typical_range(genre_slug or "")
    if usual is None or tempo is None:
        return True
    readings = (tempo, tempo * 2) if usual.is_half_time else (tempo,)
    return any(usual.low <= reading <= usual.high for reading in readings)


def other_count(genre_slug: str | None, tempo: Decimal | None) -> Decimal | None:
    """Return the double or the half of an unusual tempo if that is usual for the genre: 174 for drum & bass at 87."""
    if tempo is None or is_typical(genre_slug, tempo):
        return None
    return next((each for each in other_counts(tempo) if is_typical(genre_slug, each)), None)


def other_counts(tempo: Decimal) -> list[Decimal]:
    """Return the double and the half of a tempo, as far as they are possible."""
    counts = (tempo * 2, (tempo / 2).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return [each for each in counts if LOWEST <= each <= HIGHEST]


LONGEST = 24 * 60 * 60 - 1
"""Seconds: one less than a day, so that hours have at most two digits."""

_CLOCK = re.compile(
    r"(?:([0-9]{1,2}):([0-5][0-9])|([0-9]{1,4})):([0-5][0-9])(?:[.,][0-9]+)?\s*(?:m|mins?|minutes)?"
)
_DOTTED = re.compile(r"()()([0-9]{1,2})[.,]([0-5][0-9])")
_SECONDS = re.compile(r"()()()([0-9]{2,5})\s*(?:s|secs?|seconds?)?")
_UNITS = re.compile(
    r"(?=.*[a-z'\"])(?:pt)?(?:([0-9]{1,2})\s*(?:h|hours?|hrs?))?[\s,]*()(?:([0-9]{1,4})\s*(?:m|mins?|minutes?|'))?[\s,]*"
    r"(?:([0-5]?[0-9])\s*(?:s|secs?|seconds?|\"|'')?)?"
)


def parse_duration(text: str) -> int:
    """Return the seconds of "6:32", "1:02:03", "6.32", "6m32s" or "392"; minutes without hours may exceed 59.

    Raises ValidationError when it has another form (code "invalid") or is zero or a day and more ("range").
    """
    typed = plain_signs(text).strip().lower()
    forms = (_CLOCK, _DOTTED, _SECONDS, _UNITS)
    found = next(filter(None, (form.fullmatch(typed) for form in forms if typed)), None)
    if found is None:
        raise ValidationError("Give the length as minutes and seconds, such as 6:32.", code="invalid")
    hours, minutes, long_minutes, seconds = (int(part or 0) for part in found.groups())
    duration = hours * 3600 + (minutes + long_minutes) * 60 + seconds
    if not 0 < duration <= LONGEST:
        raise ValidationError("The length must be more than zero and less than a day.", code="range")
    return duration


def display_duration(seconds: int) -> str:
    """Return "6:32", or "1:02:03" from an hour on. Raises ValueError for negative seconds."""
    if seconds < 0:
        raise ValueError("a duration is not negative")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
