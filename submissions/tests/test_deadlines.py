"""The clock: a pure function over events, so these tests need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.deadlines import Deadlines, Pauses, nudge_refusal, read
from submissions.tests.hourglass import FakeEvent, expected_deadline
from submissions.tests.spec import SPEC, leads_to

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def payload_of(transition: str, moment: datetime, **given: Any) -> dict[str, Any]:
    usual: dict[str, dict[str, Any]] = {
        "submit": {"promise_days": 14, "grace_days": 7},
        "request_changes": {"answer_by": (moment + timedelta(days=10)).isoformat()},
        "accept": {"answer_by": (moment + timedelta(days=10)).isoformat()},
        "revise_offer": {"answer_by": (moment + timedelta(days=10)).isoformat()},
        "counter": {"answer_by": (moment + timedelta(days=10)).isoformat()},
        "extend": {"until": (moment + timedelta(days=20)).isoformat()},
        "link_failed": {"slot": "audio"},
        "link_recovered": {"slot": "audio"},
        "replace_link": {"slot": "audio"},
        "resubmit": {"changed_links": []},
    }
    return usual.get(transition, {}) | given


def story(*steps: tuple[Any, ...]) -> list[FakeEvent]:
    """Return the events of (transition, day) or (transition, day, payload) in order."""
    events, state = [], "draft"
    for transition, number, *more in steps:
        state = leads_to(transition, state)
        payload = payload_of(transition, day(number), **(more[0] if more else {}))
        events.append(FakeEvent(transition, state, day(number), payload))
    return events


def due(*steps: tuple[Any, ...], pauses: Pauses = ()) -> float | None:
    """Return the day on which the answer is due, counted from the start."""
    found = read(story(*steps), pauses).due
    return (found - START) / timedelta(days=1) if found else None


def left(*steps: tuple[Any, ...], pauses: Pauses = ()) -> float | None:
    """Return the days that remain on a clock that stands still."""
    found = read(story(*steps), pauses)
    assert found.due is None
    assert found.is_stopped == (found.left is not None)
    return found.left / timedelta(days=1) if found.left is not None else None


def test_nothing_runs_before_it_is_sent() -> None:
    assert read([]) == Deadlines("producer", None, None, None, None, None, False, False, frozenset())  # type: ignore[arg-type]  # a Ball


def test_promise_and_grace_come_from_the_event() -> None:
    found = read(story(("submit", 0, {"promise_days": 3, "grace_days": 2})))
    assert (found.ball, found.due, found.expires, found.left) == ("label", day(3), day(5), None)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("submit", 0), ("start_review", 2)], 14),
        ([("submit", 0), ("start_review", 2), ("shortlist", 13)], 14),
        ([("submit", 0), ("listened", 15)], 14),
        # the producer's days while the producer has the ball
        ([("submit", 0), ("start_review", 2), ("request_changes", 4)], 14),
        ([("submit", 0), ("start_review", 2), ("accept", 6)], 16),
        ([("submit", 0), ("accept", 6), ("counter", 7)], 17),
        ([("submit", 0), ("accept", 6), ("counter", 7), ("link_failed", 8)], 17),
        ([("submit", 0), ("accept", 6), ("counter", 7), ("revise_offer", 9)], 19),
        # the label's clock goes on where it stopped
        ([("submit", 0), ("start_review", 2), ("request_changes", 4), ("resubmit", 9)], 19),
        (
            [
                *[("submit", 0), ("start_review", 1), ("request_changes", 2), ("resubmit", 5)],
                *[("start_review", 6), ("request_changes", 7), ("resubmit", 8)],
            ],
            18,
        ),
        # links
        ([("submit", 0), ("link_failed", 1), ("link_recovered", 4)], 17),
        ([("submit", 0), ("link_failed", 1), ("replace_link", 4)], 17),
        ([("submit", 0), ("link_failed", 1), ("link_failed", 2, {"slot": "backup"}), ("link_recovered", 3),
          ("link_recovered", 6, {"slot": "backup"})], 19),
        ([("submit", 0), ("replace_link", 4)], 14),
        # a link that is dead while the producer has the ball stops nothing twice
        ([("submit", 0), ("start_review", 1), ("request_changes", 2), ("link_failed", 3), ("link_recovered", 4),
          ("resubmit", 5)], 17),
        ([("submit", 0), ("start_review", 1), ("request_changes", 2), ("link_failed", 3)], 12),
        ([("submit", 0), ("start_review", 1), ("request_changes", 2), ("link_failed", 3),
          ("resubmit", 5, {"changed_links": ["audio"]})], 17),
        ([("submit", 0), ("start_review", 1), ("request_changes", 2), ("link_failed", 3), ("resubmit", 5),
          ("link_recovered", 6)], 18),
        # more time
        ([("submit", 0), ("extend", 3)], 23),
        ([("submit", 0), ("link_failed", 1), ("extend", 3), ("link_recovered", 5)], 25),
        ([("submit", 0), ("extend", 3), ("start_review", 4), ("request_changes", 5), ("resubmit", 7)], 25),
        # a new full promise
        ([("submit", 0), ("reject", 3), ("reopen", 40)], 54),
        ([("submit", 0), ("expire", 30), ("reopen", 40)], 54),
        ([("submit", 0), ("extend", 3), ("reject", 4), ("reopen", 40)], 54),
        # nobody's turn, or no promise
        ([("submit", 0), ("reject", 3)], None),
        ([("submit", 0), ("start_review", 2), ("accept", 6), ("sign", 7)], None),
        ([("submit", 0), ("withdraw", 3)], None),
    ],
)  # fmt: skip
def test_due(steps: list[tuple[Any, ...]], expected: float | None) -> None:
    assert due(*steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("submit", 0), ("link_failed", 5)], 9),
        ([("submit", 0), ("link_failed", 16)], -2),
        ([("submit", 0), ("link_failed", 1), ("extend", 3)], 20),
        ([("submit", 0), ("link_failed", 1), ("reject", 3)], None),
        ([("submit", 0), ("link_failed", 1), ("reject", 3), ("reopen", 9)], 14),
    ],
)
def test_standing_clock_knows_what_is_left(steps: list[tuple[Any, ...]], expected: float | None) -> None:
    assert left(*steps) == expected


SUBMIT = ("submit", 0)
ASKED = (SUBMIT, ("start_review", 1), ("request_changes", 2))


def test_suspension_stops_both_clocks() -> None:
    assert left(SUBMIT, pauses=[(day(4), None)]) == 10
    assert due(SUBMIT, pauses=[(day(4), day(6))]) == 16
    assert due(SUBMIT, pauses=[(day(-9), day(-1))]) == 14
    assert due(SUBMIT, pauses=[(day(1), day(2)), (day(3), day(5))]) == 17
    assert due(*ASKED, pauses=[(day(5), day(8))]) == 15
    assert due(*ASKED, ("resubmit", 10), pauses=[(day(5), day(8))]) == 22
    assert due(SUBMIT, ("link_failed", 2), ("link_recovered", 6), pauses=[(day(4), day(8))]) == 20


def test_summer_time_changes_nothing() -> None:
    """Fourteen promised days over the night of 29 March 2026 are 336 hours, not 335."""
    sent = datetime(2026, 3, 20, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    found = read([FakeEvent("submit", "submitted", sent.astimezone(UTC), payload_of("submit", sent))])
    assert found.due == sent.astimezone(UTC) + timedelta(hours=336)


def test_extension_and_dead_links_are_told() -> None:
    found = read(story(SUBMIT, ("extend", 3), ("link_failed", 4), ("link_failed", 5, {"slot": "backup"})))
    assert (found.is_moved, found.dead_links) == (True, {"audio", "backup"})
    assert read(story(SUBMIT)).is_moved is False


WAITING_STILL = "The label still has time to answer. You can remind it once its answer is late."
REMINDED = "You reminded the label already. One reminder is sent for each promised date."
STANDING = "No deadline is running, so there is nothing to remind the label of."


@pytest.mark.parametrize(
    ("steps", "number", "expected"),
    [
        ([SUBMIT], 13.9, WAITING_STILL),
        ([SUBMIT], 14, ""),
        ([SUBMIT, ("nudge", 15)], 15, REMINDED),
        ([SUBMIT, ("nudge", 15), ("start_review", 16), ("listened", 17)], 18, REMINDED),
        ([SUBMIT, ("nudge", 15), ("replace_link", 16)], 18, REMINDED),
        # a new promise each
        ([SUBMIT, ("nudge", 15), ("extend", 16)], 35, WAITING_STILL),
        ([SUBMIT, ("nudge", 15), ("extend", 16)], 36, ""),
        ([SUBMIT, ("nudge", 15), ("expire", 30), ("reopen", 40)], 54, ""),
        ([SUBMIT, ("nudge", 15), ("request_changes", 16), ("resubmit", 20)], 20, ""),
        ([SUBMIT, ("nudge", 15), ("extend", 16), ("nudge", 36)], 37, REMINDED),
        # nothing runs
        ([SUBMIT, ("link_failed", 15)], 16, STANDING),
        ([SUBMIT, ("reject", 15)], 16, STANDING),
        ([*ASKED], 40, STANDING),
    ],
)
def test_label_is_reminded_once_of_each_promise(
    steps: list[tuple[Any, ...]], number: float, expected: str
) -> None:
    assert nudge_refusal(read(story(*steps)), day(number)) == expected


def test_label_is_not_reminded_in_suspension() -> None:
    assert nudge_refusal(read(story(SUBMIT), [(day(15), None)]), day(16)) == STANDING
    assert nudge_refusal(read(story(SUBMIT), [(day(10), day(15))]), day(16)) == WAITING_STILL


# Any life, against a second way to count: hours that remain

PACES = st.integers(0, 400)


@st.composite
def lives(draw: st.DrawFn) -> list[FakeEvent]:
    steps, state, hour = [("submit", 0.0)], "submitted", 0
    for _ in range(draw(st.integers(0, 12))):
        choices = sorted(name for name, rule in SPEC.items() if state in rule[0].split())
        if not choices:
            break
        transition = draw(st.sampled_from(choices))
        hour += draw(PACES)
        steps.append((transition, hour / 24))
        state = leads_to(transition, state)
    return story(*steps)


@st.composite
def suspensions(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    hours = sorted(draw(st.lists(st.integers(-100, 3000), max_size=6)))
    moments = [START + timedelta(hours=hour) for hour in hours]
    return list(zip(moments[::2], moments[1::2], strict=False))


@given(lives(), suspensions())
def test_any_life_is_counted_right(events: list[FakeEvent], pauses: list[tuple[datetime, datetime]]) -> None:
    found = read(events, pauses)
    assert (found.due, found.left) == expected_deadline(events, pauses)
    assert (found.expires is None) == (found.due is None)
    if found.due:
        assert found.expires == found.due + timedelta(days=7)


@given(st.integers(0, 13 * 24), st.integers(1, 5000))
def test_standing_still_moves_the_promise_by_just_that_long(start: int, length: int) -> None:
    stop, go = day(start / 24), day((start + length) / 24)
    assert read(story(SUBMIT), [(stop, go)]).due == day(14) + (go - stop)
    links = [("link_failed", start / 24), ("link_recovered", (start + length) / 24)]
    assert read(story(SUBMIT, *links)).due == day(14) + (go - stop)
