"""Events of releases in words, for the team."""

from collections.abc import Sequence

from releases.models import ReleaseEvent
from releases.transition_table import QUIET, RULES


def who(event: ReleaseEvent) -> str:
    """Return who acted, for the team."""
    if event.actor is None:
        return "Trackflow"
    name = event.actor.name or f"The {event.actor_role}"
    return f"{name} ({event.actor_role})" if event.actor.name else name


def what(event: ReleaseEvent) -> str:
    """Return what the event did, in words that follow a name."""
    return RULES[event.transition].did


def who_did_what(events: Sequence[ReleaseEvent], *, step: int | None = None) -> str:
    """Return the sentence for a stale page: who acted meanwhile, on this step or on the release."""
    of_step = [event for event in events if step is not None and event.payload.get("step") == step]
    loud = [event for event in events if event.transition not in QUIET]
    last = max([*of_step, *loud], key=lambda event: event.sequence, default=None)
    if last is None:
        return "This form was sent already."
    return f"{who(last)} {what(last)} meanwhile. Look again before you decide."
