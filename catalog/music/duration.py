"""A track's length in whole seconds, typed and shown as on a player."""

import re

from django.core.exceptions import ValidationError

LONGEST = 24 * 60 * 60 - 1
"""Seconds: one less than a day, so that hours have at most two digits."""

_TYPED = re.compile(r"(?:([0-9]{1,2}):([0-5][0-9])|([0-9]{1,4})):([0-5][0-9])")


def parse_duration(text: str) -> int:
    """Return the seconds of "6:32", "06:32" or "1:02:03"; minutes without hours may exceed 59.

    Raises ValidationError when it has another form (code "invalid") or is zero or a day and more ("range").
    """
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        raise ValidationError("Give the duration as minutes and seconds, such as 6:32.", code="invalid")
    hours, minutes, long_minutes, seconds = (int(part or 0) for part in typed.groups())
    duration = hours * 3600 + (minutes + long_minutes) * 60 + seconds
    if not 0 < duration <= LONGEST:
        raise ValidationError("The duration must be longer than zero and shorter than a day.", code="range")
    return duration


def display_duration(seconds: int) -> str:
    """Return "6:32", or "1:02:03" from an hour on. Raises ValueError for negative seconds."""
    if seconds < 0:
        raise ValueError("a duration is not negative")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
