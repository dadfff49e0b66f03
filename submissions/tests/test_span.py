"""Durations in words, rounded the way people count."""

from datetime import UTC, datetime, timedelta

import pytest

from submissions.wording import span, span_lasts_until

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


@pytest.mark.parametrize("sign", [1, -1])
def test_span_says_the_same_until_it_is_said_to_last(sign: int) -> None:
    since = datetime(2026, 11, 1, tzinfo=UTC)
    for seconds in (*range(0, 9_000, 7), *range(9_000, 1_000_000, 997), 84_600, 172_800):
        passed = sign * seconds
        lasts = int((span_lasts_until(since, since + timedelta(seconds=passed)) - since).total_seconds())
        assert 0 <= lasts - passed <= 43_200
        during = {passed, (passed + lasts) // 2, max(passed, lasts - 1)}
        words = {span(timedelta(seconds=sign * each)) for each in during}
        assert len(words) == 1, f"{passed} to {lasts}: {words}"
