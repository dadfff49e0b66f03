"""Days by name: which ones they are, ahead and behind."""

from datetime import date

import pytest

from kit.query.day_words import Days, read_days

WEDNESDAY = date(2026, 5, 27)


def day(number: int) -> date:
    return date(2026, 5, number)


@pytest.mark.parametrize(
    ("days", "ahead", "behind"),
    [
        (Days("friday", "friday"), (day(29), day(29)), (day(22), day(22))),
        (Days("wednesday", "wednesday"), (day(27), day(27)), (day(27), day(27))),
        (Days("tuesday", "tuesday"), (date(2026, 6, 2), date(2026, 6, 2)), (day(26), day(26))),
        (Days("today", "friday"), (day(27), day(29)), (day(27), day(22))),
        (Days(None, "friday"), (None, day(29)), (None, day(22))),
        (Days("friday", "monday"), (day(29), date(2026, 6, 1)), (day(22), day(25))),
        (Days("monday", "friday"), (date(2026, 6, 1), date(2026, 6, 5)), (day(18), day(22))),
        (Days("yesterday", "tomorrow"), (day(26), day(28)), (day(26), day(28))),
        (Days("this-week", "this-week"), (day(25), day(31)), (day(25), day(31))),
        (
            Days("next-week", "next-week"),
            (date(2026, 6, 1), date(2026, 6, 7)),
            (date(2026, 6, 1), date(2026, 6, 7)),
        ),
        (Days("last-month", "this-month"), (date(2026, 4, 1), day(31)), (date(2026, 4, 1), day(31))),
        (Days(day(1), "friday"), (day(1), day(29)), (day(1), day(22))),
    ],
)
def test_words_are_days_near_today(
    days: Days, ahead: tuple[date | None, date], behind: tuple[date | None, date]
) -> None:
    assert read_days(days, WEDNESDAY, ahead=True) == ahead
    assert read_days(days, WEDNESDAY, ahead=False) == behind


def test_months_end_on_their_last_day_over_the_year() -> None:
    assert read_days(Days("next-month", "next-month"), date(2026, 12, 31), ahead=True) == (
        date(2027, 1, 1),
        date(2027, 1, 31),
    )
