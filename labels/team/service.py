"""Who is what in a label's team, once they are in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.permissions import can_staff, require_writable


def lock(label_id: int) -> Label:
    """Return the label as it is now; whoever else would change its team waits for the open transaction."""
    return Label.objects.select_for_update(of=("self",)).get(pk=label_id)


def present(membership: Membership) -> Membership:
    """Return the membership as it is now; ValidationError when it has ended."""
    fresh = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if fresh is None:
        raise ValidationError("This person is no longer in the team.", code="gone")
    return fresh


def refuse_outranked(label: Label, by: User, *places: Role) -> None:
    """Raise PermissionDenied unless this person may, by their role now, decide about these places."""
    role = label.role_of(by)
    if not all(can_staff(role, place) for place in places):
        raise PermissionDenied


def refuse_without_owner(membership: Membership) -> None:
    """Raise ValidationError when nobody but this member owns the label and can sign in.

    Whoever is about to deactivate one of those owners waits for the open transaction.
    """
    others = Membership.objects.at_least(Role.OWNER).filter(label=membership.label_id)
    owners = User.objects.filter(pk__in=others.exclude(pk=membership.pk).values("user"), is_active=True)
    if not list(owners.select_for_update(no_key=True, of=("self",)).order_by("pk")):
        raise ValidationError("A label needs at least one active owner.", code="no_owner")


def admit(label: Label, user: User, role: Role) -> Membership:
    """Make a person a member."""
    User.objects.filter(pk=user.pk).update(runs_label=True)
    return Membership.objects.create(label=label, user=user, role=role)


def revoke_beyond(label: Label, inviter: User, role: Role | None) -> None:
    """Take back what somebody has offered who, in this role or with none, could not offer it any more."""
    offered = Invitation.objects.open().filter(label=label, invited_by=inviter)
    lost = [place for place in Role if not can_staff(role, place)]
    offered.filter(role__in=lost).update(revoked_at=now())


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User | None) -> Role:
    """Give a member another role and return the one before; None is the office.

    What they invited others to, and could no longer, is revoked. Raises ValidationError when nobody would be left
    who owns the label, and when they left meanwhile; PermissionDenied; NotPossible for a label that is suspended or
    closed.
    """
    label = lock(membership.label_id)
    fresh = present(membership)
    before = Role(fresh.role)
    if by:
        refuse_outranked(label, by, before, role)
        require_writable(label)
    if role < before == Role.OWNER:
        refuse_without_owner(fresh)
    _make(fresh, role, label)
    return before


@transaction.atomic
def hand_over(label: Label, *, by: User, to: Membership) -> None:
    """Make a member an owner in place of `by`, who becomes a manager.

    Raises ValidationError when either left meanwhile or cannot sign in; PermissionDenied; NotPossible for a label
    that is suspended or closed.
    """
    label = lock(label.pk)
    require_writable(label)
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


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None = None) -> None:
    """End a membership: whoever has it loses every access at once, their name stays in the history.

    `by` is the member who leaves, whoever takes them out, or None for the office. What they invited others to is
    revoked. Raises ValidationError when nobody would be left who owns the label, or when it has ended already;
    PermissionDenied.
    """
    label = lock(membership.label_id)
    fresh = present(membership)
    if by and by.pk != fresh.user_id:
        refuse_outranked(label, by, Role(fresh.role))
    if fresh.role == Role.OWNER:
        refuse_without_owner(fresh)
    revoke_beyond(label, fresh.user, None)
    fresh.delete()
    announce("departure", label_id=label.pk, user_id=fresh.user_id, by_id=by.pk if by else None)
