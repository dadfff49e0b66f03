"""What `verify_history` asks of each event by itself: who did it, when, and what it says; the guards ask the same.

Who was in a team then is read from its record. How far a label's own clock is from ours is not kept, so a release
counts as in time from where its day begins first. Who deactivated an account when is not kept either.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from labels.team.record import LEEWAY
from submissions import deadlines
from submissions.chain_rules import (
    FIRST_ZONE,
    Surroundings,
    moment_faults,
    problem_of_member,
    problem_of_system,
    shape_faults,
)
from submissions.choices import ActorRole, Transition
from submissions.deliverables.event_faults import item_faults
from submissions.masters.event_faults import master_faults
from submissions.models import Event, Submission
from submissions.splits.event_faults import split_faults
from submissions.transition_table import RULES


def event_faults(
    submission: Submission, events: Sequence[Event], event: Event, around: Surroundings
) -> Iterator[str]:
    """Yield the errors of one event of a history, as sentences."""
    problem = partial(_problem_of_actor, submission, event, around)
    yield from shape_faults(event, RULES.get(event.transition), problem)
    yield from _time_faults(submission, events, event, around)
    if event.transition == Transition.REDACT and not all(e.redacted_at for e in events[: event.sequence - 1]):
        yield f"event {event.sequence} redacts, and an event before it is not empty"
    yield from split_faults(events[: event.sequence - 1], event)
    yield from item_faults(events[: event.sequence - 1], event)
    yield from master_faults(events[: event.sequence - 1], event)


def _problem_of_actor(submission: Submission, event: Event, around: Surroundings) -> str:
    """Return what is wrong with who did it, "" for nothing; a wrong producer is the whole submission's fault."""
    if event.actor_role == ActorRole.SYSTEM:
        return problem_of_system(event)
    if event.actor_role == ActorRole.COLLABORATOR:
        return _problem_of_collaborator(submission, event)
    if event.actor_id is None:
        return "names nobody"
    if event.actor_role == ActorRole.PRODUCER:
        return ""
    if submission.producer_id in (event.actor_id, event.acted_by_id):
        return f"is by the producer, as {event.actor_role}"
    return problem_of_member(event, submission.label_id, around)


def _problem_of_collaborator(submission: Submission, event: Event) -> str:
    """Return what is wrong with who answered to a share: an account or nobody, and never the producer."""
    if event.acted_by_id:
        return "is by somebody for a collaborator"
    return "is by the producer, as collaborator" if event.actor_id == submission.producer_id else ""


def _time_faults(
    submission: Submission, events: Sequence[Event], event: Event, around: Surroundings
) -> Iterator[str]:
    yield from moment_faults(event, submission.created_at, "submission", around)
    if _is_early(submission, events[: event.sequence - 1], event, around):
        yield f"event {event.sequence}: {event.transition} came before its time"


def _is_early(submission: Submission, before: Sequence[Event], event: Event, around: Surroundings) -> bool:
    """Whether it expired, reminded or came out by itself too early; False for a history that cannot be added up."""
    try:
        if event.transition in (Transition.EXPIRE, Transition.NUDGE):
            pauses = _known_pauses(around.pauses.get(submission.label_id, []), event.recorded_at)
            clock, latest = deadlines.read(before, pauses), event.recorded_at + LEEWAY
            if event.transition == Transition.NUDGE:
                return bool(deadlines.nudge_refusal(clock, latest))
            return clock.expires is None or latest < clock.expires
        if event.transition == Transition.RELEASE and event.actor_role == ActorRole.SYSTEM:
            planned = [
                each.payload["release_on"] for each in before if each.transition == Transition.SCHEDULE
            ]
            return (event.recorded_at + FIRST_ZONE).date() < date.fromisoformat(planned[-1])
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return False  # its columns cannot be computed either, and that is told
    return False


def _known_pauses(pauses: deadlines.Pauses, moment: datetime) -> deadlines.Pauses:
    """Return suspensions as they were known at a moment; one that had just begun may not have been."""
    return [
        (start, min(end, moment) if end and end <= moment + LEEWAY else None)
        for start, end in pauses
        if start <= moment - LEEWAY
    ]
