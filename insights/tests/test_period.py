"""Spans of days, their weeks and their ends."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from insights.period import LONGEST, Span, cut_span, moments_of, period_of, usual_span, weeks_of
from insights.tests.demos import NOW
from labels.models import Label


def test_usual_span_is_twelve_whole_weeks_and_this_one() -> None:
    label = Label(time_zone="Pacific/Auckland")
    sunday_noon = datetime(2026, 11, 22, 12, tzinfo=UTC)  # Monday there
    assert usual_span(label, sunday_noon) == Span(date(2026, 8, 31), date(2026, 11, 23))


def test_weeks_are_cut_at_the_ends() -> None:
    weeks = [week.text for week in weeks_of(Span(date(2026, 11, 5), date(2026, 11, 16)))]
    assert weeks == ["2026-11-05..2026-11-08", "2026-11-09..2026-11-15", "2026-11-16..2026-11-16"]


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 8)])
def test_one_day_is_one_week(day: date) -> None:
    assert list(weeks_of(Span(day, day))) == [Span(day, day)]


def test_a_long_span_loses_its_beginning() -> None:
    cut = cut_span(date(1, 1, 1), date(2026, 11, 20))
    assert cut.until - cut.since < LONGEST
    assert cut_span(cut.since, cut.until) == cut


def test_a_day_may_have_twenty_five_hours() -> None:
    day = date(2026, 10, 25)
    begins, ends = moments_of(Span(day, day), Label(time_zone="Europe/Berlin").zone)
    assert (ends.astimezone(UTC) - begins.astimezone(UTC)).total_seconds() == 25 * 3600


def test_quarters_are_those_of_the_calendar(label: Label) -> None:
    this, last = (
        period_of(QueryDict(f"span={word}"), label, NOW).span for word in ("quarter", "last-quarter")
    )
    assert this == Span(date(2026, 10, 1), date(2026, 11, 21))
    assert last == Span(date(2026, 7, 1), date(2026, 9, 30))
    in_may = datetime(2026, 5, 31, 12, tzinfo=UTC)
    assert period_of(QueryDict("span=last-quarter"), label, in_may).span == Span(
        date(2026, 1, 1), date(2026, 3, 31)
    )
