"""Whose turn it is and until when: one pure function over a submission's events.

A promised day is 24 hours. The label's deadline runs while it is the label's turn, no link is dead and the label is
not suspended; the producer's runs from an offer or a request for changes until it is answered, and the label's again
from a counter-offer, whatever becomes of links.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from submissions.choices import Ball
from submissions.state_machine import DeadlineChange, ball_of
from submissions.transition_table import DATED, RULES, WAITING

NEW_PROMISES = frozenset(
    {
        DeadlineChange.PROMISES,
        DeadlineChange.PROMISES_AGAIN,
        DeadlineChange.MOVES_DUE,
        DeadlineChange.CHANGES_LINKS,
    }
)
"""Changes after which the label may be reminded once more: it got a revision, reviews it again, or took more time."""

Pauses = Sequence[tuple[datetime, datetime | None]]


class Happening(Protocol):
    """The fields of an event that are used here."""

    transition: str
    to_state: str
    recorded_at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True)
class Deadlines:
    """Until when the side whose turn it is must answer; `due` is None if there is no deadline or it is stopped.

    `left` is the time that remains on a stopped deadline. `span` is the time that was given, of which stops are no
    part, and `began_at` when it was given. `is_moved` is true once the label took more time, and `is_nudged`
    once it was reminded of the promise that runs now: each sending, reopening and extension makes one.
    """

    ball: Ball
    due: datetime | None
    expires: datetime | None
    left: timedelta | None
    span: timedelta | None
    began_at: datetime | None
    is_moved: bool
    is_nudged: bool
    dead_links: frozenset[str]

    @property
    def is_stopped(self) -> bool:
        return self.left is not None


@dataclass
class _Timer:
    """A deadline that is moved on by the time it was stopped."""

    due: datetime | None = None
    stopped_at: datetime | None = None
    span: timedelta | None = None
    began_at: datetime | None = None

    @classmethod
    def until(cls, due: datetime, moment: datetime) -> "_Timer":
        return cls(due, None, due - moment, moment)

    def set(self, due: datetime, moment: datetime) -> None:
        self.due, self.stopped_at = due, moment if self.stopped_at else None
        self.span, self.began_at = due - moment, moment

    def run(self, moment: datetime, *, running: bool) -> None:
        if running and self.stopped_at:
            self.due = self.due and self.due + (moment - self.stopped_at)
            self.stopped_at = None
        elif not running and not self.stopped_at:
            self.stopped_at = moment


@dataclass
class _Reading:
    state: str = "draft"
    promise: timedelta = timedelta()
    grace: timedelta = timedelta()
    is_paused: bool = False
    is_moved: bool = False
    is_nudged: bool = False
    dead_links: set[str] = field(default_factory=set)
    label: _Timer = field(default_factory=_Timer)
    answer: _Timer = field(default_factory=_Timer)

    def settle(self, moment: datetime) -> None:
        label_runs = self.state in WAITING and not self.dead_links and not self.is_paused
        self.label.run(moment, running=label_runs)
        self.answer.run(moment, running=self.state in DATED and not self.is_paused)


def read(events: Iterable[Happening], pauses: Pauses = ()) -> Deadlines:
    """Return the deadlines after these events, in order, with the label's suspensions as (from, until)."""
    reading = _Reading()
    for moment, happening in _in_order(events, pauses):
        if isinstance(happening, bool):
            reading.is_paused = happening
        else:
            _apply(reading, happening)
        reading.settle(moment)
    return _result(reading)


def nudge_refusal(clock: Deadlines, moment: datetime) -> str:
    """Return why the producer cannot remind the label now, "" where they can."""
    if clock.ball != Ball.LABEL or clock.due is None:
        return "No deadline is running, so there is nothing to remind the label of."
    if moment < clock.due:
        return "The label still has time to answer. You can remind it once its answer is late."
    return (
        "You reminded the label already. One reminder is sent for each promised date."
        if clock.is_nudged
        else ""
    )


def _in_order(events: Iterable[Happening], pauses: Pauses) -> list[tuple[datetime, Happening | bool]]:
    moments: list[tuple[datetime, Happening | bool]] = [(each.recorded_at, each) for each in events]
    for start, end in pauses:
        moments.append((start, True))
        if end:
            moments.append((end, False))
    return sorted(moments, key=lambda pair: pair[0])


def _apply(reading: _Reading, event: Happening) -> None:
    moment, payload = event.recorded_at, event.payload
    reading.state = event.to_state
    change = RULES[event.transition].clock
    reading.is_nudged = change not in NEW_PROMISES and (reading.is_nudged or change == DeadlineChange.REMINDS)
    match change:
        case DeadlineChange.PROMISES:
            reading.promise = timedelta(days=payload["promise_days"])
            reading.grace = timedelta(days=payload["grace_days"])
            reading.label = _Timer.until(moment + reading.promise, moment)
        case DeadlineChange.PROMISES_AGAIN:
            reading.label = _Timer.until(moment + reading.promise, moment)
        case DeadlineChange.MOVES_DUE:
            reading.is_moved = True
            reading.label.set(datetime.fromisoformat(payload["until"]), moment)
        case DeadlineChange.ASKS_PRODUCER | DeadlineChange.ASKS_LABEL:
            reading.answer = _Timer.until(datetime.fromisoformat(payload["answer_by"]), moment)
        case DeadlineChange.LOSES_LINK:
            reading.dead_links.add(payload["slot"])
        case DeadlineChange.MENDS_LINK:
            reading.dead_links.discard(payload["slot"])
        case DeadlineChange.CHANGES_LINKS:
            reading.dead_links.difference_update(payload["changed_links"])


def _result(reading: _Reading) -> Deadlines:
    timer = None
    if reading.state in WAITING:
        timer = reading.label
    elif reading.state in DATED:
        timer = reading.answer
    due, left = None, None
    if timer and timer.due:
        due = None if timer.stopped_at else timer.due
        left = timer.due - timer.stopped_at if timer.stopped_at else None
    return Deadlines(
        ball=ball_of(reading.state),
        due=due,
        expires=due + reading.grace if due else None,
        left=left,
        span=timer.span if timer else None,
        began_at=timer.began_at if timer else None,
        is_moved=reading.is_moved,
        is_nudged=reading.is_nudged,
        dead_links=frozenset(reading.dead_links),
    )
