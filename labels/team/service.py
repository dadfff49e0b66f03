"""Who is what in a label's team, once they are in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from labels.choices import Role
from labels.models import Label, Membership
from labels.team.rules import (
    lock,
    present,
    refuse_outranked,
    refuse_standstill,
    refuse_without_owner,
    revoke_beyond,
)


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User | None) -> Role:
    """Give a member another role and return the one before; None is the office.

    What they invited others to, and could no longer, is revoked. Raises ValidationError when nobody would be left
    who owns the label, when they left meanwhile, and for a label that is suspended or closed; PermissionDenied.
    """
    label = lock(membership.label_id)
    fresh = present(membership)
    before = Role(fresh.role)
    if by:
        refuse_outranked(label, by, before, role)
        refuse_standstill(label)
    if role < before == Role.OWNER:
        refuse_without_owner(fresh)
    _make(fresh, role, label)
    return before


@transaction.atomic
def hand_over(label: Label, *, by: User, to: Membership) -> None:
    """Make a member an owner in place of `by`, who becomes a manager.

    Raises ValidationError when either left meanwhile or cannot sign in, and for a label that is suspended or
    closed; PermissionDenied.
    """
    label = lock(label.pk)
    refuse_standstill(label)
    giver = Membership.objects.select_related("user").filter(label=label, user=by, role=Role.OWNER).first()
    if giver is None:
        raise PermissionDenied
    heir = present(to)
    if heir.label_id != label.pk or heir.pk == giver.pk:
        raise PermissionDenied
    if not heir.user.is_active:
        raise ValidationError(f"{heir.user} cannot sign in any more.", code="gone")
    _make(heir, Role.OWNER, label)
    _make(giver, Role.MANAGER, label)


def _make(membership: Membership, role: Role, label: Label) -> None:
    membership.role = role
    membership.save(update_fields=["role"])
    revoke_beyond(label, membership.user, role)
