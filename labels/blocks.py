"""Blocks: producers whose demos a label no longer accepts. The producer is never told."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from kit.statements import Statement, param
from labels.choices import Role
from labels.models import Block, Label, Membership


@transaction.atomic
def block(label: Label, producer: User, *, actor: User, why: str = "") -> Block:
    """Block a producer; demos sent before are not affected.

    Locks the producer's row, as sending does: a demo is either sent before the block or refused. Raises
    ValidationError for an owner of the label and for a producer who is blocked already.
    """
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=producer.pk)
    if Membership.objects.filter(label=label, user=producer).at_least(Role.OWNER).exists():
        raise ValidationError(f"An owner of {label} cannot be blocked there.", code="owner")
    if is_blocked(producer=producer, label=label):
        raise ValidationError("Somebody of your team blocked this producer already.", code="blocked")
    return Block.objects.create(label=label, producer=producer, blocked_by=actor, why=why)


@transaction.atomic
def lift(block: Block, *, actor: User) -> bool:
    """Lift a block; return False if it was lifted already."""
    rows = Block.objects.standing().filter(pk=block.pk)
    return bool(rows.update(lifted_at=now(), lifted_by=actor))


def is_blocked(*, producer: User | int, label: Label | int) -> bool:
    """Whether a label has blocked this producer; takes rows or primary keys. One query."""
    keys = {"producer": getattr(producer, "pk", producer), "label": getattr(label, "pk", label)}
    return bool(_standing().rows(**keys))


@cache
def _standing() -> Statement[Block]:
    rows = Block.objects.standing().filter(producer=param("producer"), label=param("label"))
    return Statement(rows.values_list("pk")[:1])
