"""When which side is reminded: a pure function, so these tests need no database."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from submissions.deadlines import Pauses, read
from submissions.reminders.occasions import Occasion, occasion_now, occasions
from submissions.tests.test_deadlines import START, day, story

UTC = ZoneInfo("UTC")
SUBMIT = ("submit", 0)  # at noon, with a promise of 14 days


def days(*steps: tuple[Any, ...], pauses: Pauses = (), zone: ZoneInfo = UTC) -> dict[str, float]:
    """Return the day of each occasion by its kind, counted from the start."""
    events = story(*steps)
    found = occasions(read(events, pauses), events[-1].to_state, zone)
    return {str(each.kind): (each.moment - START) / timedelta(days=1) for each in found}


def test_label_is_reminded_at_half_time_two_days_before_on_the_day_and_after() -> None:
    assert days(SUBMIT) == {"half": 7, "two_days": 12, "day": 13.5, "escalated": 14}


def test_due_day_begins_at_the_label_s_midnight() -> None:
    assert days(SUBMIT, zone=ZoneInfo("Asia/Tokyo"))["day"] == 13 + 3 / 24
    assert days(SUBMIT, zone=ZoneInfo("America/Los_Angeles"))["day"] == pytest.approx(13 + 19 / 24)


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (1, {"half": 0.5, "escalated": 1}),
        (3, {"half": 1.5, "day": 2.5, "escalated": 3}),
        (4, {"half": 2, "day": 3.5, "escalated": 4}),
        (5, {"half": 2.5, "two_days": 3, "day": 4.5, "escalated": 5}),
    ],
)
def test_short_promise_has_fewer(promise: int, expected: dict[str, float]) -> None:
    assert days(("submit", 0, {"promise_days": promise})) == expected


def test_more_time_begins_anew_for_the_new_date() -> None:
    assert days(SUBMIT, ("extend", 10)) == {"half": 20, "two_days": 28, "day": 29.5, "escalated": 30}


def test_stopped_clock_reminds_of_nothing() -> None:
    assert days(SUBMIT, ("link_failed", 3)) == {}
    assert days(SUBMIT, pauses=[(day(3), None)]) == {}


def test_stop_moves_every_occasion() -> None:
    stopped = (SUBMIT, ("link_failed", 8), ("link_recovered", 10))
    assert days(*stopped) == {"half": 9, "two_days": 14, "day": 15.5, "escalated": 16}
    assert days(SUBMIT, pauses=[(day(8), day(10))]) == days(*stopped)


def test_new_revision_goes_on_with_the_time_that_was_left() -> None:
    steps = (SUBMIT, ("request_changes", 8), ("resubmit", 10))
    assert days(*steps) == {"half": 9, "two_days": 14, "day": 15.5, "escalated": 16}


@pytest.mark.parametrize(("transition", "kind"), [("accept", "offer"), ("request_changes", "changes")])
def test_producer_is_reminded_two_days_before(transition: str, kind: str) -> None:
    assert days(SUBMIT, (transition, 1)) == {kind: 9}
    shorter = {"answer_by": day(3).isoformat()}
    assert days(SUBMIT, (transition, 1, shorter)) == {kind: 2}


def test_label_is_reminded_of_a_counter_offer() -> None:
    steps = (SUBMIT, ("accept", 1), ("counter", 4))
    assert days(*steps) == {"half": 9, "two_days": 12, "day": 13.5, "escalated": 14}


@pytest.mark.parametrize("end", ["reject", "withdraw", "expire"])
def test_nobody_is_reminded_of_what_is_over(end: str) -> None:
    assert days(SUBMIT, (end, 40)) == {}


def test_after_an_outage_the_last_one_counts() -> None:
    clock = read(story(SUBMIT))
    for number, kind in ((6, None), (8, "half"), (12.5, "two_days"), (13.9, "day"), (20, "escalated")):
        found = occasion_now(clock, "submitted", UTC, day(number))
        assert (found and found.kind) == kind


def test_occasions_are_in_order() -> None:
    for promise in range(1, 30):
        events = story(("submit", 0, {"promise_days": promise}))
        found = occasions(read(events), "submitted", UTC)
        assert [each.moment for each in found] == sorted(each.moment for each in found)
        assert isinstance(found[-1], Occasion)
