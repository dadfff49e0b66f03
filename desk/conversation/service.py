"""What members write, with the line in the team's log."""

from uuid import UUID

from django.db import transaction

from activity import log
from activity.models import Activity
from submissions.conversation import service
from submissions.models import Message, Submission
from submissions.permissions import Actor


@transaction.atomic
def write(submission: Submission, *, actor: Actor, text: str, key: UUID) -> Message:
    """Write to the producer and log it; a repeated key does neither. Raises what `service.write` raises."""
    message, is_new = service.write(submission, actor=actor, text=text, key=key)
    if is_new:
        _log(Activity.Kind.MESSAGED, submission, actor)
    return message


@transaction.atomic
def settle(submission: Submission, *, actor: Actor, key: UUID) -> Message:
    """Mark the producer's question as answered and log it. Raises what `service.settle` raises."""
    message, is_new = service.settle(submission, actor=actor, key=key)
    if is_new:
        _log(Activity.Kind.SETTLED, submission, actor)
    return message


def _log(kind: Activity.Kind, submission: Submission, actor: Actor) -> None:
    log.write(kind, label=submission.label, submission=submission, actor=actor.user)
