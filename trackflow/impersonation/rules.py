"""Who may act as whom."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

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


LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
ENDS = frozenset({"account_logout", "admin:logout"})
"""Signing out of somebody else's account is going back to one's own."""

LEADS_BACK = "impersonation:stop"
NAMES_BOTH = frozenset(
    {
        "desk:act",
        "desk:listened",
        "desk:open",
        "submissions:decline",
        "submissions:replace-link",
        "submissions:sign",
        "submissions:withdraw",
    }
)
"""Addresses that write one event through the door, which names who acted and for whom."""
SENDS = frozenset({"submissions:edit", "submissions:resubmit", "submissions:send"})
"""The same when they are asked to send; else they keep words, which would name nobody."""

CLOSED = "The office is closed while you act as somebody. Stop first."
SECRET = "What opens an account is shown to its owner alone."  # noqa: S105  # a sentence
FOR_OWNER = "An account is its owner’s to change. Stop acting as them, and use the office."
LOOK_ONLY = "You act as somebody else: you may look, and change nothing."
NAMES_NOBODY = "Nothing would say that it was you. Only what the history names you for can be done here."


def refusal(request: HttpRequest, name: str) -> str:
    """Return why an impersonator may not ask for this address, "" when they may."""
    if name.startswith("admin:"):
        return CLOSED
    if request.method in LOOKS:
        return SECRET if name.startswith("mfa_") and name != "mfa_index" else ""
    if name == LEADS_BACK:
        return ""
    if name.startswith(("account_", "mfa_", "accounts:")):
        return FOR_OWNER
    if not settings.IMPERSONATORS_MAY_ACT:
        return LOOK_ONLY
    is_sending = name in SENDS and request.POST.get("do") == "send"
    return "" if is_sending or name in NAMES_BOTH else NAMES_NOBODY
