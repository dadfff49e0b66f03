"""Who has the ball with each deliverable, computed from events alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import canonical
from submissions.choices import Ball
from submissions.deliverables.status import are_complete, read_items

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Said:
    transition: str
    payload: dict[str, Any]
    recorded_at: datetime = START


def asked(*numbers: int, days: int = 14) -> Said:
    due = canonical.moment(START + timedelta(days=days))
    return Said("ask_for", {"items": [{"number": each, "kind": "link", "due": due} for each in numbers]})


def about(transition: str, number: int, hours: int = 0) -> Said:
    payload = {"item": number} | ({"digest": "ab"} if transition == "hand_in" else {})
    return Said(transition, payload, START + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("then", "state", "ball", "due"),
    [
        ([], "asked", Ball.PRODUCER, START + 2 * WEEK),
        ([about("hand_in", 1, 5)], "handed_in", Ball.LABEL, START + WEEK + timedelta(hours=5)),
        (
            [about("hand_in", 1), about("ask_again", 1, 9)],
            "asked",
            Ball.PRODUCER,
            START + WEEK + timedelta(hours=9),
        ),
        ([about("hand_in", 1), about("approve", 1)], "approved", Ball.NOBODY, None),
        ([about("waive", 1)], "waived", Ball.NOBODY, None),
    ],
)
def test_ball_and_due_time_follow_the_last_event(
    then: list[Said], state: str, ball: Ball, due: datetime | None
) -> None:
    item = read_items([asked(1), *then])[1]
    assert (item.state, item.ball, item.due) == (state, ball, due)


def test_each_item_goes_its_own_way() -> None:
    items = read_items([asked(1, 2), about("hand_in", 2), asked(3, days=30)])
    assert [items[number].state for number in (1, 2, 3)] == ["asked", "handed_in", "asked"]
    assert items[3].due == START + timedelta(days=30)


def test_late_is_what_is_past_its_due_time() -> None:
    item = read_items([asked(1)])[1]
    assert not item.is_late(START + 2 * WEEK - timedelta(seconds=1))
    assert item.is_late(START + 2 * WEEK)
    assert not read_items([asked(1), about("waive", 1)])[1].is_late(START + 90 * WEEK)


def test_nothing_asked_for_is_complete() -> None:
    assert are_complete([])


WAYS = {"asked": ["hand_in", "waive"], "handed_in": ["approve", "ask_again", "waive"]}


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 5)), max_size=25))
def test_complete_is_when_everything_is_approved_or_waived(moves: list[tuple[int, int]]) -> None:
    events, states = [asked(1, 2, 3)], dict.fromkeys((1, 2, 3), "asked")
    after = {"hand_in": "handed_in", "approve": "approved", "ask_again": "asked", "waive": "waived"}
    for number, dice in moves:
        ways = WAYS.get(states[number], [])
        if ways:
            transition = ways[dice % len(ways)]
            events.append(about(transition, number))
            states[number] = after[transition]
    items = read_items(events)
    assert {number: item.state for number, item in items.items()} == states
    assert are_complete(items.values()) == (set(states.values()) <= {"approved", "waived"})
    assert all((item.due is None) == (item.ball == Ball.NOBODY) for item in items.values())
