"""Catalogue numbers by a label's pattern, such as `NOVA{n:03}` for NOVA001, NOVA002 …"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

LONGEST = 40
_PLACE = re.compile(r"\{n(?::0([1-8]))?\}")


@dataclass(frozen=True)
class Pattern:
    """What stands before and after the number, and how many digits it has at least."""

    before: str
    after: str
    digits: int

    def write(self, number: int) -> str:
        return f"{self.before}{number:0{self.digits}}{self.after}"

    def read(self, text: str) -> int | None:
        """Return the number in a catalogue number of this pattern, whatever its case; None for any other."""
        inner = rf"{re.escape(self.before.upper())}([0-9]+){re.escape(self.after.upper())}"
        found = re.fullmatch(inner, text.upper())
        return int(found[1]) if found else None


def parse_pattern(text: str) -> Pattern:
    """Return a typed pattern. Raises ValidationError unless it has exactly one `{n}` or `{n:03}`."""
    places = list(_PLACE.finditer(text))
    rest = _PLACE.sub("", text)
    if len(places) != 1 or set(rest) & set("{}"):
        raise ValidationError(
            "Write {n} once, where the number goes, or {n:03} for three digits: NOVA{n:03}.", code="invalid"
        )
    if len(rest) + 8 > LONGEST:
        raise ValidationError(f"Use at most {LONGEST - 8} characters beside the number.", code="max_length")
    place = places[0]
    return Pattern(text[: place.start()], text[place.end() :], int(place[1] or 1))


def lowest_free(pattern: Pattern, taken: Iterable[str]) -> str:
    """Return the first number of a pattern that none of these has, whatever their case."""
    used = {number for text in taken if (number := pattern.read(text)) is not None}
    number = 1
    while number in used:
        number += 1
    return pattern.write(number)
