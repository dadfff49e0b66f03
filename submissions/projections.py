"""A submission's columns and the label's response, computed from its events and last revision; pure functions.

`workflow.perform` writes the columns, `verify_history` recomputes them, and the database refuses to change them
without an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from submissions import deadlines
from submissions.choices import State, Transition
from submissions.holds.status import read_hold
from submissions.models import Event
from submissions.splits.status import read_splits
from submissions.transition_table import DEALS, QUIET, RULES, WAITING

T = Transition
ANSWERS = frozenset({T.ACCEPT, T.REJECT, T.REQUEST_CHANGES})
"""The answers a label promises: an offer, a pass, or a request for changes."""

OPENINGS = ANSWERS | {T.START_REVIEW, T.SHORTLIST}
"""What shows that somebody at the label opened it."""


class Happening(Protocol):
    """The fields of an event that are used here."""

    transition: str
    from_state: str
    to_state: str
    recorded_at: datetime
    payload: dict[str, Any]
    actor_id: int | None


@dataclass(frozen=True)
class Response:
    """How the label responded; None and "" for what has not happened.

    Opened: the first time somebody at the label began its review, shortlisted it or answered. Answered: the first
    answer. Lapsed: the first time it expired while the label owed the answer. `is_in_time` is whether the first
    answer came by its due date, None until there is an answer or a lapse. `reason` is that of the last pass.
    """

    opened_at: datetime | None = None
    opened_by_id: int | None = None
    answered_at: datetime | None = None
    answer: str = ""
    lapsed_at: datetime | None = None
    is_in_time: bool | None = None
    reason: str = ""


def read_response(events: Sequence[Happening]) -> Response:
    """Return the response from all events of a submission, in order."""
    opened = _first(events, OPENINGS)
    answered, lapsed = _first(events, ANSWERS), _lapse(events)
    return Response(
        opened_at=opened.recorded_at if opened else None,
        opened_by_id=opened.actor_id if opened else None,
        answered_at=answered.recorded_at if answered else None,
        answer=answered.transition if answered else "",
        lapsed_at=lapsed.recorded_at if lapsed else None,
        is_in_time=_is_in_time(events, answered, lapsed),
        reason=_reason(events),
    )


def _reason(events: Sequence[Happening]) -> str:
    """Return the reason of the last pass; "" if the label withdrew an offer after it."""
    last = next((event for event in reversed(events) if RULES[event.transition].is_pass), None)
    return last.payload["reason"] if last and last.transition == T.REJECT else ""


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


FROM_COPY = {
    "title": "title",
    "mix": "mix",
    "artist": "artist_name",
    "genre": "genre",
    "subgenre": "subgenre",
    "key": "key",
    "country": "country",
    "ai": "ai",
    "isrc": "isrc",
    "exclusivity": "exclusivity",
}


def from_events(events: Sequence[Event]) -> dict[str, Any]:
    """Return the columns from all events of a submission, in order."""
    if not events:
        return {"state": State.DRAFT.value, "version": 0, "turn": 0}
    last, loud = events[-1], [event for event in events if event.transition not in QUIET]
    clock, dealt = deadlines.read(events), read_response(events)
    return {
        "state": last.to_state,
        "version": last.sequence,
        "turn": loud[-1].sequence,
        "submitted_at": events[0].recorded_at,
        "moved_at": loud[-1].recorded_at,
        "due_at": clock.due,
        "expires_at": clock.expires,
        "opened_at": dealt.opened_at,
        "opened_by_id": dealt.opened_by_id,
        "answered_at": dealt.answered_at,
        "lapsed_at": dealt.lapsed_at,
        "is_in_time": dealt.is_in_time,
        "reason": dealt.reason,
        "dead_links": sorted(clock.dead_links),
        "splits": read_splits(events).word,
        **_plan_columns(events),
        **_bonds(events),
    }


def _plan_columns(events: Sequence[Event]) -> dict[str, Any]:
    """Return the columns that say when it comes out, and on what."""
    scheduled = _plan_of(events)
    return {
        "release_on": date.fromisoformat(scheduled["release_on"]) if scheduled else None,
        "catalogue_number": scheduled.get("catalogue_number", ""),
        "release_code": scheduled.get("release", ""),
    }


def _bonds(events: Sequence[Event]) -> dict[str, Any]:
    """Return the columns that say what binds the track: an exclusive deal, or a hold."""
    signed = next((event for event in reversed(events) if event.transition == T.SIGN), None)
    hold = read_hold(events)
    return {
        "is_exclusive": events[-1].to_state in DEALS and bool(signed and signed.payload.get("is_exclusive")),
        "is_held": hold.is_running,
        "hold_due_at": hold.due,
    }


def from_copy(copied: dict[str, Any]) -> dict[str, Any]:
    """Return the columns from a revision’s copy; all empty for a redacted one."""
    columns: dict[str, Any] = {column: copied.get(name) or "" for column, name in FROM_COPY.items()}
    tempo = copied.get("tempo")
    return columns | {"tempo": Decimal(tempo) if tempo else None, "has_wav": copied.get("has_wav")}


def _plan_of(events: Sequence[Event]) -> dict[str, Any]:
    """Return what the last `schedule` says; nothing if the date was taken off since."""
    moved = (event for event in reversed(events) if event.transition in (T.SCHEDULE, T.UNSCHEDULE))
    last = next(moved, None)
    return last.payload if last and last.transition == T.SCHEDULE else {}
