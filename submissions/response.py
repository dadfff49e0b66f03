"""How a label dealt with a submission: when it was opened, answered or let go silent. One pure function."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from submissions import deadlines
from submissions.choices import Transition
from submissions.transition_table import RULES, WAITING

T = Transition
ANSWERS = frozenset({T.ACCEPT, T.REJECT, T.REQUEST_CHANGES})
"""What the producer was promised: a yes, a no, or a wish."""


class Happening(Protocol):
    """What this module reads of an event."""

    transition: str
    from_state: str
    to_state: str
    recorded_at: datetime
    payload: dict[str, Any]
    actor_id: int | None


@dataclass(frozen=True)
class Response:
    """What a history says of the label's part in it; None and "" for what has not happened.

    Opened is the first time somebody at the label opened it, or answered without having done so. Answered is
    the first answer, lapsed the first time the label's silence let it expire. The promise is kept by an answer
    that came before either that or its due date; `is_in_time` is None while neither is settled. `reason` is
    that of the last pass.
    """

    opened_at: datetime | None = None
    opened_by_id: int | None = None
    answered_at: datetime | None = None
    answer: str = ""
    lapsed_at: datetime | None = None
    is_in_time: bool | None = None
    reason: str = ""


def read(events: Sequence[Happening]) -> Response:
    """Return the course that these events, the whole history in order, add up to."""
    opened = _first(events, ANSWERS | {T.START_REVIEW})
    answered, lapsed = _first(events, ANSWERS), _lapse(events)
    return Response(
        opened_at=opened.recorded_at if opened else None,
        opened_by_id=opened.actor_id if opened else None,
        answered_at=answered.recorded_at if answered else None,
        answer=answered.transition if answered else "",
        lapsed_at=lapsed.recorded_at if lapsed else None,
        is_in_time=_is_in_time(events, answered, lapsed),
        reason=next((e.payload["reason"] for e in reversed(events) if RULES[e.transition].is_pass), ""),
    )


def _is_in_time(
    events: Sequence[Happening], answered: Happening | None, lapsed: Happening | None
) -> bool | None:
    ended = [events.index(event) for event in (answered, lapsed) if event]
    if not ended:
        return None
    if lapsed and min(ended) == events.index(lapsed):
        return False
    due = deadlines.read(events[: min(ended)]).due
    return due is None or events[min(ended)].recorded_at <= due


def _first(events: Sequence[Happening], transitions: frozenset[T]) -> Happening | None:
    return next((event for event in events if event.transition in transitions), None)


def _lapse(events: Sequence[Happening]) -> Happening | None:
    silent = (event for event in events if event.transition == T.EXPIRE and event.from_state in WAITING)
    return next(silent, None)
