"""When steps are due, counted back from a date in calendar days; pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol


class Planned(Protocol):
    """The fields of a step that are used here."""

    @property
    def number(self) -> int: ...
    @property
    def days_before(self) -> int: ...
    @property
    def waits_for(self) -> Sequence[int]: ...
    @property
    def is_open(self) -> bool: ...


class Due(Planned, Protocol):
    @property
    def due_on(self) -> date | None: ...


@dataclass(frozen=True)
class Move:
    """A step whose due date changes with the date; `is_past`: its new one is over already."""

    number: int
    old: date | None
    new: date | None
    is_past: bool


def due_dates(steps: Iterable[Planned], day: date | None) -> dict[int, date | None]:
    """Return the due date of each open step, by number; without a date all are None.

    A step is due `days_before` the date, and no later than any open step that waits for it. Steps wait in no circle
    (`steps.cycles`).
    """
    opened = {step.number: step for step in steps if step.is_open}
    if day is None:
        return dict.fromkeys(opened)
    waiting: dict[int, list[int]] = defaultdict(list)
    for step in opened.values():
        for number in step.waits_for:
            waiting[number].append(step.number)
    found: dict[int, date | None] = {}
    for number in _last_first(opened, waiting):
        own = days_earlier(day, opened[number].days_before)
        found[number] = min([own, *(due for each in waiting[number] if (due := found.get(each)))])
    return found


def moves(steps: Sequence[Due], day: date | None, *, today: date) -> list[Move]:
    """Return what becomes of open steps if the date becomes this one: those that change, in their order."""
    new = due_dates(steps, day)
    return [
        Move(step.number, step.due_on, due, due is not None and due < today)
        for step in steps
        if step.number in new and (due := new[step.number]) != step.due_on
    ]


def days_earlier(day: date, days: int) -> date:
    """Return the day so many days earlier; the calendar's last or first day where there is none."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.max if days < 0 else date.min


def _last_first(opened: dict[int, Planned], waiting: dict[int, list[int]]) -> list[int]:
    """Return the numbers so that each comes after all that wait for it."""
    order: list[int] = []
    seen: set[int] = set()
    for first in opened:
        stack = [(first, iter(waiting[first]))] if first not in seen else []
        seen.add(first)
        while stack:
            following = next((each for each in stack[-1][1] if each not in seen), None)
            if following is None:
                order.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(waiting[following])))
    return order
