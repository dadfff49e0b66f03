"""Who may act as whom."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from submissions.models import Submission

NEEDED = ("accounts.change_user", "submissions.view_submission")
"""What staff must be allowed in the office anyway, whose eyes this lends; superusers are allowed everything."""


def may_impersonate(*, hijacker: User | AnonymousUser, hijacked: Any) -> bool:
    """Whether the first may act as the second: admins alone, never as another admin, nobody who is gone.

    Nor as one of a label's team that an admin sent a demo to: they would read, and could decide, what the team
    keeps from producers. At most one query beside the permissions'.
    """
    if not isinstance(hijacker, User) or not isinstance(hijacked, User):
        return False
    is_admin = hijacker.is_active and hijacker.is_staff and hijacker.has_perms(NEEDED)
    return is_admin and _can_be_lent(hijacked) and not _judges(hijacked, hijacker)


def _can_be_lent(user: User) -> bool:
    return user.is_active and not user.anonymised_at and not (user.is_staff or user.is_superuser)


def _judges(member: User, producer: User) -> bool:
    return Submission.objects.sent_by(producer).sent().filter(label__memberships__user=member).exists()
