"""Reading spans of days, and writing them again."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date

from desk.search.values import WrongError, bare
from submissions.query_words import Days

STRETCH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
BETWEEN = re.compile(r"\s*(?:\.{2,3}|…|–|—)\s*")
YEARS = range(2000, 2100)


def days_or(*words: str) -> Callable[[str], Days | str]:
    """Return a reader of spans that knows these words besides."""

    def read(text: str) -> Days | str:
        typed = bare(text)
        if typed.casefold() in words:
            return typed.casefold()
        ends = [_stretch(end, typed, words) for end in BETWEEN.split(typed)]
        if len(ends) > 2 or not any(ends):
            raise _wrong(typed, words)
        since, until = ends[0] and ends[0][0], ends[-1] and ends[-1][1]
        if since and until and since > until:
            raise WrongError(f"“{typed}” runs backwards: write the earlier day first.")
        return Days(since, until)

    return read


def _stretch(text: str, typed: str, words: tuple[str, ...]) -> tuple[date, date] | None:
    """Return first and last day of a day, a month or a year; None of nothing."""
    if not text:
        return None
    found = STRETCH.fullmatch(text)
    if not found or int(found[1]) not in YEARS:
        raise _wrong(typed, words)
    year, *months = int(found[1]), *([int(found[2])] if found[2] else [1, 12])
    if not 1 <= months[0] <= 12:
        raise WrongError(f"There is no month {months[0]} in “{text}”: write 01 to 12 after the year.")
    length = monthrange(year, months[-1])[1]
    days = [int(found[3])] if found[3] else [1, length]
    if not 1 <= days[0] <= length:
        raise WrongError(f"There is no day “{text}”: {month_name[months[0]]} {year} has {length} days.")
    return date(year, months[0], days[0]), date(year, months[-1], days[-1])


def _wrong(typed: str, words: tuple[str, ...]) -> WrongError:
    more = f", or {' or '.join(words)}" if words else ""
    return WrongError(
        f"“{typed}” is no span of days: write 2026-05-04..2026-05-10, with one end left out if you like, "
        f"a day, a month like 2026-05, or a year{more}."
    )
