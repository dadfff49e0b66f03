"""Days by name, such as `friday`, read when a query is asked: a saved `due:friday` is always about the next one."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Span = tuple[date, date]


class Days(NamedTuple):
    """A range of days, ends included; None leaves an end open, a word such as `friday` is read when it is asked."""

    since: date | str | None
    until: date | str | None


def _month(today: date, months: int) -> Span:
    year, index = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, index + 1, 1), date(year, index + 1, monthrange(year, index + 1)[1])


def _week(today: date, weeks: int) -> Span:
    monday = today + (7 * weeks - today.weekday()) * DAY
    return monday, monday + 6 * DAY


SPANS: Mapping[str, Callable[[date], Span]] = {
    "yesterday": lambda today: (today - DAY, today - DAY),
    "today": lambda today: (today, today),
    "tomorrow": lambda today: (today + DAY, today + DAY),
    "last-week": lambda today: _week(today, -1),
    "this-week": lambda today: _week(today, 0),
    "next-week": lambda today: _week(today, 1),
    "last-month": lambda today: _month(today, -1),
    "this-month": lambda today: _month(today, 0),
    "next-month": lambda today: _month(today, 1),
}
WORDS: Mapping[str, str] = {
    **{word: word for word in (*WEEKDAYS, *SPANS)},
    **{word[:3]: word for word in WEEKDAYS},
    "week": "this-week",
    "month": "this-month",
}
"""What may be typed for each word."""


def read_days(days: Days, today: date, *, ahead: bool) -> tuple[date | None, date | None]:
    """Return the first and last day; weekdays are the next ones from today on or, unless `ahead`, the last ones."""
    if ahead:
        since = _end(days.since, today, today, 0, ahead=True)
        return since, _end(days.until, today, max(since or today, today), 1, ahead=True)
    until = _end(days.until, today, today, 1, ahead=False)
    return _end(days.since, today, min(until or today, today), 0, ahead=False), until


def moments(
    since: date | None, until: date | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Return the start of the first day and the end of the last one in this zone."""
    first = _midnight(since, zone) if since else None
    return first, _midnight(until + DAY, zone) if until else None


def _end(end: date | str | None, today: date, near: date, side: int, *, ahead: bool) -> date | None:
    """Return one end of a range; a weekday is the one nearest to `near` in the given direction."""
    if not isinstance(end, str):
        return end
    if end in SPANS:
        return SPANS[end](today)[side]
    away = WEEKDAYS.index(end) - near.weekday()
    return near + (away % 7) * DAY if ahead else near - (-away % 7) * DAY


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
