"""Spans of days in a label's zone: the usual one, the longest one, and the weeks of one."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from insights.figures import Span
from labels.models import Label

WEEKS = 12
LONGEST = timedelta(days=3 * 366)
"""No span is longer."""

DAY = timedelta(days=1)


def usual_span(label: Label, moment: datetime, weeks: int = WEEKS) -> Span:
    """Return the last whole weeks, twelve of them, and this one up to today."""
    today = moment.astimezone(label.zone).date()
    return Span(monday_of(today) - timedelta(weeks=weeks), today)


def cut_span(since: date, until: date) -> Span:
    """Return a span, cut at its beginning where it would be too long."""
    return Span(max(since, until - LONGEST + DAY), until)


def weeks_of(span: Span) -> Iterator[Span]:
    """Yield the weeks of a span, the first and the last cut at its ends."""
    first = monday_of(span.since)
    for number in range((span.until - first).days // 7 + 1):
        begins = first + timedelta(weeks=number)
        yield Span(max(begins, span.since), min(begins + timedelta(days=6), span.until))


def moments_of(span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a span begins and when it is over."""
    return start_of(span.since, zone), start_of(span.until + DAY, zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
