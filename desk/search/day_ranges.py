"""Reading spans of days, and writing them again."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desk.models.annotations import HIGHEST, LOWEST
from desk.search.values import DASHES, WrongError, bare
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


AT_LEAST = re.compile(r"(>=|=>|≥|<=|=<|≤)\s*(.*)")
FIGURE = re.compile(r"[0-9](?:[.,][0-9]{1,2})?", re.ASCII)
NONE = "none"


class Scores(NamedTuple):
    """A range of mean scores, both ends in it; None leaves an end open, both are no score at all."""

    low: Decimal | None
    high: Decimal | None


UNSCORED = Scores(None, None)


def scores(text: str) -> Scores:
    """Read `>=4`, `<=2`, `3-5`, `4`, `3-`, `-2` or `none`; raises WrongError."""
    typed = bare(text).casefold()
    if typed == NONE:
        return UNSCORED
    if limit := AT_LEAST.fullmatch(typed):
        low, high = (limit[2], "") if ">" in limit[1] or limit[1] == "≥" else ("", limit[2])
    else:
        low, *rest = DASHES.split(typed, maxsplit=1)
        high = rest[0] if rest else low
    ends = Scores(_figure(low, typed), _figure(high, typed))
    if ends == UNSCORED:
        raise _wrong_score(typed)
    if ends.low and ends.high and ends.low > ends.high:
        raise WrongError(f"“{typed}” runs backwards: write the lower score first.")
    return ends


def write_scores(value: Scores) -> str:
    low, high = (f"{end.normalize():f}" if end else "" for end in value)
    if value == UNSCORED:
        return NONE
    if low and high:
        return low if low == high else f"{low}-{high}"
    return f">={low}" if low else f"<={high}"


def _figure(text: str, typed: str) -> Decimal | None:
    if not text:
        return None
    found = Decimal(text.replace(",", ".")) if FIGURE.fullmatch(text) else None
    if found is None or not LOWEST <= found <= HIGHEST:
        raise _wrong_score(typed)
    return found


def _wrong_score(typed: str) -> WrongError:
    return WrongError(
        f"“{typed}” is no range of scores: write >=4, 3-5, 4, <=2 or none; they go from 1 to 5."
    )
