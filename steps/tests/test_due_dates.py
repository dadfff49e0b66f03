"""Due dates: counted back over months and leap years, and none later than a step that waits for it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps.choices import EARLIEST, LATEST
from steps.due_dates import days_earlier, due_dates, moves


@dataclass
class Piece:
    number: int
    days_before: int = 0
    waits_for: list[int] = field(default_factory=list)
    is_open: bool = True
    due_on: date | None = None


@st.composite
def lists(draw: st.DrawFn) -> list[Piece]:
    """Steps that wait only for earlier ones, in any order: no circles."""
    pieces = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        waits = draw(st.lists(st.integers(1, number - 1), unique=True, max_size=4)) if number > 1 else []
        pieces.append(Piece(number, draw(st.integers(LATEST, EARLIEST)), waits, draw(st.booleans())))
    return draw(st.permutations(pieces))


days = st.dates(date(1990, 1, 1), date(2200, 1, 1))


@given(lists(), days)
def test_step_is_due_by_its_own_days_and_before_whatever_waits_for_it(steps: list[Piece], day: date) -> None:
    due = due_dates(steps, day)
    by_number = {step.number: step for step in steps}
    assert due.keys() == {step.number for step in steps if step.is_open}
    for number, found in due.items():
        own = day - timedelta(days=by_number[number].days_before)
        waiting = [due[each.number] for each in steps if each.is_open and number in each.waits_for]
        assert found == min([own, *(each for each in waiting if each)])


@given(lists(), days, st.integers(-400, 400))
def test_moving_the_date_moves_every_open_step_as_far(steps: list[Piece], day: date, by: int) -> None:
    further = timedelta(days=by)
    before, after = due_dates(steps, day), due_dates(steps, day + further)
    assert after == {number: due + further for number, due in before.items() if due}


@given(lists())
def test_without_a_date_nothing_is_due(steps: list[Piece]) -> None:
    assert set(due_dates(steps, None).values()) <= {None}


@pytest.mark.parametrize(
    ("day", "before", "due"),
    [
        (date(2028, 3, 1), 1, date(2028, 2, 29)),
        (date(2027, 3, 1), 1, date(2027, 2, 28)),
        (date(2027, 1, 10), 28, date(2026, 12, 13)),
        (date(2026, 10, 26), 1, date(2026, 10, 25)),  # the day on which clocks change in Europe
        (date(2026, 12, 31), -1, date(2027, 1, 1)),
        (date.max, -60, date.max),
        (date.min, 365, date.min),
    ],
)
def test_days_are_calendar_days(day: date, before: int, due: date) -> None:
    assert days_earlier(day, before) == due
    assert due_dates([Piece(1, before)], day) == {1: due}


def test_done_step_pulls_nothing_forward() -> None:
    day = date(2026, 6, 1)
    steps = [Piece(1, 10), Piece(2, 40, [1], is_open=False), Piece(3, 20, [2])]
    assert due_dates(steps, day) == {1: date(2026, 5, 22), 3: date(2026, 5, 12)}


def test_ten_thousand_steps_in_a_row_are_planned() -> None:
    steps = [Piece(number, 0, [number - 1]) for number in range(2, 10_001)]
    day = date(2026, 6, 1)
    assert set(due_dates([Piece(1, 3), *steps, Piece(10_001, 9, [10_000])], day).values()) == {
        days_earlier(day, 9)
    }


def test_move_names_what_changes_and_what_is_past() -> None:
    steps = [
        Piece(1, 30, due_on=date(2026, 5, 2)),
        Piece(2, 0, due_on=date(2026, 6, 1)),
        Piece(3, is_open=False),
    ]
    found = moves(steps, date(2026, 5, 20), today=date(2026, 5, 1))
    assert [(move.number, move.old, move.new, move.is_past) for move in found] == [
        (1, date(2026, 5, 2), date(2026, 4, 20), True),
        (2, date(2026, 6, 1), date(2026, 5, 20), False),
    ]
    assert moves(steps, date(2026, 6, 1), today=date(2026, 5, 1)) == []
    assert [move.new for move in moves(steps, None, today=date(2026, 5, 1))] == [None, None]
