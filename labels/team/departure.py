"""How somebody stops being one of a label's team."""

from django.db import transaction

from accounts.models import User
from kit.jobs import announce
from labels.choices import Role
from labels.models import Membership
from labels.team.rules import lock, present, refuse_outranked, refuse_without_owner, revoke_beyond


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
