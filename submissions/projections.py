"""The columns of a submission that its events and last revision add up to: one pure function.

`workflow.perform` writes them, `verify_history` recomputes them, the database refuses them to move alone.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from submissions import deadlines, response
from submissions.choices import State, Transition
from submissions.models import Event
from submissions.transition_table import QUIET

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
}


def from_events(events: Sequence[Event]) -> dict[str, Any]:
    """Return the columns that the whole history, in order, adds up to."""
    if not events:
        return {"state": State.DRAFT.value, "version": 0, "turn": 0}
    last, loud = events[-1], [event for event in events if event.transition not in QUIET]
    clock, dealt = deadlines.read(events), response.read(events)
    scheduled = _last_payload(events, Transition.SCHEDULE)
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
        "release_on": date.fromisoformat(scheduled["release_on"]) if scheduled else None,
        "catalogue_number": scheduled.get("catalogue_number", ""),
    }


def from_copy(copied: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that a revision's copy gives; all empty for a redacted one."""
    columns: dict[str, Any] = {column: copied.get(name) or "" for column, name in FROM_COPY.items()}
    tempo = copied.get("tempo")
    return columns | {"tempo": Decimal(tempo) if tempo else None}


def _last_payload(events: Sequence[Event], transition: str) -> dict[str, Any]:
    return next((event.payload for event in reversed(events) if event.transition == transition), {})
