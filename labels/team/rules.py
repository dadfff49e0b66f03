"""What each change of a label's team is made of. All of it happens under the lock of the label's row."""

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from kit.clock import now
from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.permissions import WRITABLE, can_staff

STANDS_STILL = "This label is suspended or closed: nobody joins its team, and nobody’s role changes."


def lock(label_id: int) -> Label:
    """Return the label as it is now; whoever else would change its team waits for the open transaction."""
    return Label.objects.select_for_update(of=("self",)).get(pk=label_id)


def present(membership: Membership) -> Membership:
    """Return the membership as it is now; ValidationError when it has ended."""
    fresh = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if fresh is None:
        raise ValidationError("This person is no longer in the team.", code="gone")
    return fresh


def refuse_standstill(label: Label) -> None:
    """Raise ValidationError for a suspended or closed label."""
    if label.status not in WRITABLE:
        raise ValidationError(STANDS_STILL, code="stands_still")


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
