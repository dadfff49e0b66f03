"""Blocking a producer and taking that back, each with its line in the team's log.

The line hangs on a submission of theirs, so that who is a member too does not read it.
"""

from django.db import transaction

from accounts.models import User
from desk.choices import Doing
from desk.log import note
from labels import blocks
from labels.models import Block
from submissions.models import Submission


@transaction.atomic
def block(submission: Submission, *, actor: User, why: str) -> Block:
    """Block who sent this; ValidationError as `labels.blocks.block` raises it."""
    kept = blocks.block(submission.label, submission.producer, actor=actor, why=why)
    _log(submission, actor, "blocked the producer", why)
    return kept


@transaction.atomic
def lift(block: Block, *, actor: User) -> bool:
    """Take demos from them again; return whether the block still stood."""
    is_lifted = blocks.lift(block, actor=actor)
    latest = Submission.objects.sent().filter(label=block.label_id, producer=block.producer_id).last()
    if is_lifted and latest:
        _log(latest, actor, "lifted the block of the producer", "")
    return is_lifted


def _log(submission: Submission, actor: User, what: str, why: str) -> None:
    more = {"because": why} if why else {}
    note(Doing.SET_UP, label=submission.label, submission=submission, actor=actor, what=what, **more)
