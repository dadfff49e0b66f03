"""What the outbox does by itself: releases at a set time, and gives back what has gone stale."""

from collections.abc import Callable, Iterable

from django.db import transaction

from desk.models import Proposal
from desk.outbox.service import locked, release, send_back
from kit.clock import now
from submissions import timeline
from submissions.errors import NotAllowed, WorkflowError
from submissions.models import Event


def release_due() -> int:
    """Release what is due, as the managers who set the times; return how many events that made.

    What one of them may not release any more goes back. What a suspended label holds goes on waiting.
    """
    due = Proposal.objects.open().due_by(now()).with_people()
    return sum(_each(_release, due))


def send_back_stale() -> int:
    """Give back what waits though its submission has moved on; return how many that were."""
    return sum(_each(_send_back_if_stale, Proposal.objects.open().stale()))


def _each(act: Callable[[Proposal], bool], proposals: Iterable[Proposal]) -> list[bool]:
    """Do it to each, also after one failed; raises ExceptionGroup for those that did."""
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
def _release(proposal: Proposal) -> bool:
    fresh = locked(proposal)
    if fresh.settled_at or fresh.timed_by is None or fresh.release_at is None or fresh.release_at > now():
        return False
    try:
        release(fresh, user=fresh.timed_by)
    except NotAllowed:
        because = f"{fresh.timed_by}, who set the time, may not release it any more."
        send_back(fresh, because=because, by=None)
        return False
    except WorkflowError:
        return False  # it went back, or waits for the end of a suspension
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
