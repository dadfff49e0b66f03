"""Scheduled jobs of the outbox: send what is due, send back what is stale."""

from collections.abc import Callable, Iterable

from django.db import transaction

from desk.models import Proposal
from desk.outbox.service import locked, send, send_back
from kit.clock import now
from submissions import timeline
from submissions.errors import NotAllowed, WorkflowError
from submissions.models import Event


def send_due() -> int:
    """Send what is due, as the managers who set the times; return how many events that made.

    A decision that its manager may no longer send goes back. At a suspended label it stays open.
    """
    due = Proposal.objects.open().due_by(now()).with_people()
    return sum(_apply_to_each(_send_if_due, due))


def send_held(proposal_id: int) -> bool:
    """Send a held decision whose time has come; return whether it was sent now."""
    return _send_if_due(Proposal.objects.get(pk=proposal_id))


def send_back_stale() -> int:
    """Send back proposals whose submission has moved on; return how many that were."""
    return sum(_apply_to_each(_send_back_if_stale, Proposal.objects.open().stale()))


def _apply_to_each(act: Callable[[Proposal], bool], proposals: Iterable[Proposal]) -> list[bool]:
    """Apply a function to each, also after one failed; raises ExceptionGroup of the failures."""
    done, failed = [], []
    for proposal in proposals:
        try:
            done.append(act(proposal))
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("Some prepared decisions were left where they are.", failed)
    return done


@transaction.atomic
def _send_if_due(proposal: Proposal) -> bool:
    fresh = locked(proposal)
    if fresh.settled_at or fresh.timed_by is None or fresh.send_at is None or fresh.send_at > now():
        return False
    try:
        send(fresh, user=fresh.timed_by)
    except NotAllowed:
        because = f"{fresh.timed_by}, who set the time, may no longer send it."
        send_back(fresh, because=because, by=None)
        return False
    except WorkflowError:
        return False  # it was sent back, or stays open while the label is suspended
    return True


@transaction.atomic
def _send_back_if_stale(proposal: Proposal) -> bool:
    fresh = locked(proposal)
    submission = fresh.submission
    if fresh.settled_at or not fresh.is_stale(submission) or submission.label.is_suspended:
        return False
    events = list(Event.objects.of(submission).with_people())
    send_back(fresh, because=timeline.who_did_what(events, submission, team=True), by=None)
    return True
