"""The one place that knows what time it is."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kit.clock import at, now

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_pinned_time_stands_and_is_let_go() -> None:
    with at(MOMENT):
        assert now() == now() == MOMENT
        with at(MOMENT + timedelta(days=1)):
            assert now() == MOMENT + timedelta(days=1)
        assert now() == MOMENT
    assert now() > MOMENT


def test_pinned_time_is_let_go_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), at(MOMENT):
        _ = 1 / 0
    assert now() > MOMENT


def test_pinned_time_is_told_in_utc() -> None:
    with at(MOMENT.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert (now(), now().tzinfo) == (MOMENT, UTC)


def test_pinned_time_is_nobody_elses() -> None:
    seen: list[datetime] = []
    with at(MOMENT):
        thread = threading.Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join()
    assert seen[0] > MOMENT + timedelta(days=1)
