"""Close a producer's other demos of a track, after they signed or agreed to a hold elsewhere."""

import logging
import uuid
from collections.abc import Iterable

from submissions import exclusivity
from submissions.errors import WorkflowError
from submissions.models import Event, Submission
from submissions.permissions import Actor
from submissions.workflow import perform

log = logging.getLogger(__name__)


def close_others(event: Event, references: Iterable[str]) -> int:
    """Withdraw or decline these demos as their producer; return how many. One that has ended meanwhile is left.

    Keys follow from the event's key, so that a job that runs twice closes once.
    """
    assert event.actor
    actor, done = Actor.producer(event.actor, event.acted_by), 0
    others = exclusivity.elsewhere(event.submission).filter(producer=event.actor)
    for other in others.filter(reference__in=list(references)).order_by("pk"):
        done += _close(other, actor, uuid.uuid5(event.key, other.reference))
    return done


def _close(other: Submission, actor: Actor, key: uuid.UUID) -> bool:
    closing = exclusivity.closing_of(other.state)
    if closing is None:
        return False
    transition, details = closing
    try:
        perform(other, transition, actor=actor, turn=None, key=key, **details)
    except WorkflowError as refusal:
        log.info("%s: not closed: %s", other.reference, refusal)
        return False
    return True
