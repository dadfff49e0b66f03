"""Ranges of days in a query: read, and written again."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date

from kit.query.day_words import WORDS, Days
from kit.query.values import TermError, did_you_mean, unquoted

CALENDAR_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
DAY = "[0-9]{4}(?:-[0-9]{1,2}){0,2}|[a-z]+(?:-(?:week|month))?"
RANGE = re.compile(rf"(?P<since>{DAY})?\s*(?:\.{{2,3}}|…|–|—|-)\s*(?P<until>{DAY})?")
YEARS = range(2000, 3000)


def days_reader(*words: str) -> Callable[[str], Days | str]:
    """Return a reader of ranges of days, or of one of these words."""

    def read(text: str) -> Days | str:
        typed = unquoted(text)
        word = "-".join(typed.casefold().split())
        if word in words:
            return word
        span = RANGE.fullmatch(typed.casefold().replace(" week", "-week").replace(" month", "-month"))
        ends = (span["since"], span["until"]) if span and not _is_one(word) else (word, word)
        if not any(ends):
            raise _days_error(typed, words)
        since, until = (_end(end or "", typed, words, side) for side, end in enumerate(ends))
        if isinstance(since, date) and isinstance(until, date) and since > until:
            raise TermError(f"“{typed}” runs backwards: write the earlier day first.")
        return Days(since, until)

    return read


def _is_one(word: str) -> bool:
    return word in WORDS or CALENDAR_PERIOD.fullmatch(word) is not None


def _end(text: str, typed: str, words: tuple[str, ...], side: int) -> date | str | None:
    """Return one end of a range: the first or last day of a period, or a word; None for nothing."""
    if not text:
        return None
    return WORDS.get(text) or _period(text, typed, words)[side]


def _period(text: str, typed: str, words: tuple[str, ...]) -> tuple[date, date]:
    """Return the first and last day of a day, a month or a year."""
    found = CALENDAR_PERIOD.fullmatch(text)
    if not found or int(found[1]) not in YEARS:
        raise _days_error(typed, words)
    year, *months = int(found[1]), *([int(found[2])] if found[2] else [1, 12])
    if not 1 <= months[0] <= 12:
        raise TermError(f"There is no month {months[0]} in “{text}”: write 01 to 12 after the year.")
    length = monthrange(year, months[-1])[1]
    days = [int(found[3])] if found[3] else [1, length]
    if not 1 <= days[0] <= length:
        raise TermError(f"There is no day “{text}”: {month_name[months[0]]} {year} has {length} days.")
    return date(year, months[0], days[0]), date(year, months[-1], days[-1])


def _days_error(typed: str, words: tuple[str, ...]) -> TermError:
    more = f", or {' or '.join(words)}" if words else ""
    hint = did_you_mean(typed.casefold(), [*words, *dict.fromkeys(WORDS.values())])
    return TermError(
        f"“{typed}” is not a span of days: write 2026-05-04..2026-05-10, with one end left out if you like, "
        f"a day, a month like 2026-05, a year, or a word like today, friday or this-week{more}.{hint}"
    )


def write_days(value: Days | str) -> str:
    """Write a range of days, or a word that stands for one."""
    if isinstance(value, str):
        return value
    since, until = ("" if end is None else str(end) for end in value)
    return since if since == until else f"{since}..{until}"
