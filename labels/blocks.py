"""Producers from whom a label takes no more demos: whoever is meant is never told."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Block, Label, Membership


@transaction.atomic
def block(label: Label, producer: User, *, actor: User, why: str = "") -> Block:
    """Take no further demo of this producer's; what they sent before goes on.

    Holds the producer's row, as sending does: a demo comes before the block or is refused. Raises ValidationError
    for an owner of the label, and where a block stands.
    """
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=producer.pk)
    if Membership.objects.filter(label=label, user=producer).at_least(Role.OWNER).exists():
        raise ValidationError(f"An owner of {label} cannot be blocked there.", code="owner")
    if is_blocked(producer=producer, label=label):
        raise ValidationError("Somebody of your team blocked this producer already.", code="blocked")
    return Block.objects.create(label=label, producer=producer, blocked_by=actor, why=why)


@transaction.atomic
def lift(block: Block, *, actor: User) -> bool:
    """Take demos of this producer again; return whether the block still stood."""
    rows = Block.objects.standing().filter(pk=block.pk)
    return bool(rows.update(lifted_at=now(), lifted_by=actor))


def is_blocked(*, producer: User | int, label: Label | int) -> bool:
    """Whether a label takes no demos of this producer's; rows or their numbers will do. One query."""
    return Block.objects.standing().filter(producer=producer, label=label).exists()


def standing_block(*, producer: User | int, label: Label | int) -> Block | None:
    """Return the block of a producer who is still there, with who made it. One query."""
    known = Block.objects.standing().filter(producer__anonymised_at=None).select_related("blocked_by")
    return known.filter(label=label, producer=producer).first()
