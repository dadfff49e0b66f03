"""Blocking and unblocking a producer, each with a line in the team's log.

The line belongs to one of the producer's submissions, so a producer who is also a member cannot read it.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from labels import blocks
from labels.models import Block
from submissions.models import Submission


@transaction.atomic
def block(submission: Submission, *, actor: User, why: str) -> Block:
    """Block the producer of a submission; raises what `labels.blocks.block` raises."""
    created = blocks.block(submission.label, submission.producer, actor=actor, why=why)
    because = {"because": why} if why else {}
    _log(Activity.Kind.BLOCKED, submission, actor, **because)
    return created


@transaction.atomic
def lift(block: Block, *, actor: User) -> bool:
    """Lift a block; return False if it was lifted already."""
    is_lifted = blocks.lift(block, actor=actor)
    latest = Submission.objects.sent().filter(label=block.label_id, producer=block.producer_id).last()
    if is_lifted and latest:
        _log(Activity.Kind.UNBLOCKED, latest, actor)
    return is_lifted


def _log(kind: Activity.Kind, submission: Submission, actor: User, **because: Any) -> None:
    log.write(kind, label=submission.label, submission=submission, actor=actor, **because)
