"""A second way to compute deadlines: it counts the time that remains, where the code moves dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

WAITING = {"submitted", "in_review", "shortlisted"}
ANSWERABLE = {"changes_requested", "accepted", "countered"}
PROMISE, GRACE, ANSWER, EXTENSION = (timedelta(days=days) for days in (14, 7, 10, 20))
HEALS = {"link_failed": True, "link_recovered": False, "replace_link": False}
Pauses = Sequence[tuple[datetime, datetime | None]]


@dataclass
class FakeEvent:
    """A stand-in for an event."""

    transition: str
    to_state: str
    recorded_at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


def expected_deadline(
    events: Sequence[FakeEvent], pauses: Pauses
) -> tuple[datetime | None, timedelta | None]:
    """Return (due, left) by counting the remaining time down from moment to moment."""
    ends = {moment for pause in pauses for moment in pause if moment}
    moments = sorted(ends | {event.recorded_at for event in events})
    glass = {"label": timedelta(), "producer": timedelta()}
    state, dead, now = "draft", False, moments[0]
    for now, until in zip(moments, [*moments[1:], moments[-1]], strict=True):
        for event in (each for each in events if each.recorded_at == now):
            state = event.to_state
            dead = HEALS.get(event.transition, dead) and not event.payload.get("changed_links")
            if event.transition in ("submit", "reopen"):
                glass["label"] = PROMISE
            elif event.transition == "extend":
                glass["label"] = EXTENSION
            elif event.transition in ("request_changes", "accept", "revise_offer", "counter"):
                glass["producer"] = ANSWER
        paused = any(start <= now and (end is None or now < end) for start, end in pauses)
        who = "label" if state in WAITING else "producer" if state in ANSWERABLE else ""
        runs = who and not paused and not (dead and who == "label")
        if runs:
            glass[who] -= until - now
    if not who:
        return None, None
    return (now + glass[who], None) if runs else (None, glass[who])
