"""Events in words. Who is named to whom is decided here, in one place."""

from submissions.models import Event, Submission
from submissions.transition_table import QUIET, RULES


def who(event: Event, submission: Submission, *, team: bool, by_name: bool = False) -> str:
    """Return who acted, as this side may know it: names of the team to the team, or where the label shows them.

    `by_name` for what is handed on to others: there the producer is nobody's “you”. An admin who acted as
    somebody is named to both sides.
    """
    named = _in_whose_name(event, submission, team=team, by_name=by_name)
    if event.acted_by is None:
        return named
    staff = "Trackflow’s staff"
    admin = f"{event.acted_by.name} ({staff})" if event.acted_by.name else staff
    return f"{admin} for {'you' if named == 'You' else named}"


def what(event: Event) -> str:
    """Return what the event did, to follow a name."""
    return RULES[event.transition].did


def who_did_what(events: list[Event], submission: Submission, *, team: bool) -> str:
    """Return the sentence for someone whose page is stale: who was faster, with what."""
    last = next((event for event in reversed(events) if event.transition not in QUIET), None)
    if last is None:
        return "This form was used before."
    return f"{who(last, submission, team=team)} {what(last)} meanwhile. Look again before you decide."


def _in_whose_name(event: Event, submission: Submission, *, team: bool, by_name: bool) -> str:
    match event.actor_role:
        case "system":
            return "Trackflow"
        case "admin":
            return "Trackflow’s staff"
        case "producer":
            return submission.artist or "The producer" if team or by_name else "You"
    named = event.actor and event.actor.name
    if named and (team or submission.label.shows_names):
        return f"{named} ({event.actor_role})"
    return f"{submission.label}’s {event.actor_role}"
