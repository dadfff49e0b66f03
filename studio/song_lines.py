"""Lines of songs as people type and paste them: `3. Artist – Title`. Nothing is saved here."""

import re
from collections.abc import Sequence
from itertools import pairwise

from recordings.tracklists.reader import BULLET, LONG, SPACED, TIME_LAST

DIGIT, SIGN = r"[0-9\uff10-\uff19]", r"[.)\]:\uff0e\uff09\uff1a\u3001]"  # full width too
NUMBER = re.compile(
    rf"^(?:#\s?{DIGIT}{{1,3}}\b|{DIGIT}{{1,3}}\s?{SIGN}(?!{DIGIT})|{DIGIT}{{1,3}}\t|[0\uff10]{DIGIT}{{1,2}}(?=\s))"
    rf"{SIGN}?\s*"
)
COUNT = re.compile(rf"{DIGIT}{{1,3}}")
TAB = re.compile(r"\s*\t\s*")


def halves_of(rows: Sequence[str]) -> list[tuple[str, str]]:
    """Return for each line what stands before and after its dash or tab; all of it and "" where there is neither.

    Numbers and bullets in front, and times at the end, are left out.
    """
    found = [_split(TIME_LAST.sub("", bare_of(row)).strip()) for row in rows]
    numbers = [int(first) if second and COUNT.fullmatch(first) else 0 for first, second in found]
    is_count = len(found) > 1 and all(one < other for one, other in pairwise([0, *numbers]))
    return [_without_count(*halves, is_count=is_count) for halves in found]


def bare_of(row: str) -> str:
    """Return a line without the number or bullet in front of it."""
    return NUMBER.sub("", BULLET.sub("", row))


def _split(text: str) -> tuple[str, str]:
    for sign in (TAB, SPACED, LONG):
        parts = sign.split(text, maxsplit=1)
        if len(parts) == 2 and all(parts):
            return parts[0].strip(), parts[1].strip()
    return text, ""


def _without_count(first: str, second: str, *, is_count: bool) -> tuple[str, str]:
    """Return `1 – Artist – Title` without its number; a band may be called 311, so not unless more speaks for it."""
    if not second or not COUNT.fullmatch(first):
        return first, second
    rest = _split(second)
    return rest if is_count or rest[1] else (first, second)
