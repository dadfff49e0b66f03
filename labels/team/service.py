"""Memberships of a label's team: roles, handing over, leaving."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.change_author import name_author
from accounts.factors import has_factor
from accounts.models import User
from kit.clock import now
from kit.errors import NotPossible
from kit.jobs import announce
from labels.access import can_staff, require_writable
from labels.choices import Role
from labels.models import Invitation, Label, Membership


def lock(label_id: int) -> Label:
    """Lock and return the label; other changes to its team wait for this transaction."""
    return Label.objects.select_for_update(of=("self",)).get(pk=label_id)


def current_membership(membership: Membership) -> Membership:
    """Return the membership fresh from the database; ValidationError if it has ended."""
    fresh = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if fresh is None:
        raise ValidationError("This person is no longer in the team.", code="gone")
    return fresh


def refuse_outranked(label: Label, by: User, *roles: Role) -> None:
    """Raise PermissionDenied unless this person's current role may give and take these roles."""
    own = label.role_of(by)
    if not all(can_staff(own, role) for role in roles):
        raise PermissionDenied


def refuse_without_owner(membership: Membership) -> None:
    """Raise ValidationError if this member is the label's last active owner.

    Locks the other owners' accounts: deactivating one waits for this transaction.
    """
    others = Membership.objects.at_least(Role.OWNER).filter(label=membership.label_id)
    owners = User.objects.filter(pk__in=others.exclude(pk=membership.pk).values("user"), is_active=True)
    if not list(owners.select_for_update(no_key=True, of=("self",)).order_by("pk")):
        raise ValidationError("A label needs at least one active owner.", code="no_owner")


def add_member(label: Label, user: User, role: Role, *, by: User | None = None) -> Membership:
    """Add a person to the team; `by` is who gave them the role, None for an admin."""
    if by:
        name_author(by)
    User.objects.filter(pk=user.pk).update(runs_label=True)
    return Membership.objects.create(label=label, user=user, role=role)


def revoke_offers_beyond(label: Label, inviter: User, role: Role | None) -> None:
    """Revoke the inviter's open invitations to roles that their new role, or None, may not give."""
    invitations = Invitation.objects.open().filter(label=label, invited_by=inviter)
    too_high = [each for each in Role if not can_staff(role, each)]
    invitations.filter(role__in=too_high).update(revoked_at=now())


@transaction.atomic
def change_role(membership: Membership, role: Role, *, by: User | None) -> Role:
    """Change a member's role and return the old one; `by` is None for an admin.

    Revokes invitations they may no longer send. Raises ValidationError if the label would lose its last owner or the
    member has left; PermissionDenied; NotPossible for a suspended or closed label.
    """
    label = lock(membership.label_id)
    fresh = current_membership(membership)
    before = Role(fresh.role)
    if by:
        refuse_outranked(label, by, before, role)
        require_writable(label)
        name_author(by)
    if role < before == Role.OWNER:
        refuse_without_owner(fresh)
    _set_role(fresh, role, label)
    return before


@transaction.atomic
def hand_over(label: Label, *, by: User, to: Membership) -> None:
    """Make a member an owner in place of `by`, who becomes a manager.

    Raises ValidationError if the new owner has left or cannot sign in; PermissionDenied; NotPossible for a suspended
    or closed label.
    """
    label = lock(label.pk)
    require_writable(label)
    owner = Membership.objects.select_related("user").filter(label=label, user=by, role=Role.OWNER).first()
    if owner is None:
        raise PermissionDenied
    new_owner = current_membership(to)
    if new_owner.label_id != label.pk or new_owner.pk == owner.pk:
        raise PermissionDenied
    if not new_owner.user.is_active:
        raise ValidationError(f"{new_owner.user} cannot sign in any more.", code="gone")
    name_author(by)
    _set_role(new_owner, Role.OWNER, label)
    _set_role(owner, Role.MANAGER, label)


def _set_role(membership: Membership, role: Role, label: Label) -> None:
    membership.role = role
    membership.save(update_fields=["role"])
    revoke_offers_beyond(label, membership.user, role)


@transaction.atomic
def end_membership(membership: Membership, *, by: User | None = None) -> None:
    """End a membership: the person loses access at once; the history keeps their name.

    `by` is the member who leaves, the one who removes them, or None for an admin. Their invitations are revoked.
    Raises ValidationError if the label would lose its last owner or the membership has ended; PermissionDenied.
    """
    label = lock(membership.label_id)
    fresh = current_membership(membership)
    if by and by.pk != fresh.user_id:
        refuse_outranked(label, by, Role(fresh.role))
    if fresh.role == Role.OWNER:
        refuse_without_owner(fresh)
    if by:
        name_author(by)
    revoke_offers_beyond(label, fresh.user, None)
    fresh.delete()
    announce("departure", label_id=label.pk, user_id=fresh.user_id, by_id=by.pk if by else None)


@transaction.atomic
def set_factors_required(label: Label, *, is_required: bool, by: User) -> bool:
    """Require two-factor sign-in of the team, or no longer; return whether that changed.

    Raises PermissionDenied for who is no owner; NotPossible for a suspended or closed label, and for an owner who has
    no second factor.
    """
    fresh = lock(label.pk)
    if fresh.role_of(by) != Role.OWNER:
        raise PermissionDenied
    require_writable(fresh)
    if is_required and not has_factor(by):
        raise NotPossible("Turn on two-factor sign-in for yourself first, then require it of the team.")
    if fresh.requires_two_factors == is_required:
        return False
    fresh.requires_two_factors = is_required
    fresh.save(update_fields=["requires_two_factors"])
    return True
