"""Durations in words, rounded the way people count."""

from datetime import timedelta

import pytest

from submissions.wording import span

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (7 * DAY, "7 days"),
        (7 * DAY - timedelta(seconds=1), "7 days"),
        (7 * DAY - 3 * HOUR, "7 days"),
        (6 * DAY + 11 * HOUR, "6 days"),
        (DAY - 20 * MINUTE, "1 day"),
        (DAY - 2 * HOUR, "22 hours"),
        (HOUR, "1 hour"),
        (HOUR - timedelta(seconds=20), "1 hour"),
        (90 * MINUTE, "2 hours"),
        (MINUTE - timedelta(seconds=1), "a moment"),
        (MINUTE, "1 minute"),
        (-DAY, "a moment"),
    ],
)
def test_span_is_rounded_to_the_nearest(length: timedelta, said: str) -> None:
    assert span(length) == said
