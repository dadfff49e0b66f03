"""Whom an admin may act as, and what they may do meanwhile: look, and where the setting allows, what names both."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User
from submissions.models import Submission

REQUIRED_PERMISSIONS = ("accounts.change_user", "submissions.view_submission")
"""Permissions that staff need to act as somebody; superusers have all."""


def may_impersonate(*, hijacker: User | AnonymousUser, hijacked: Any) -> bool:
    """Whether the first may act as the second: only admins, never as another admin or an inactive user.

    Nor as a member of a label the admin sent a demo to: they would see, and could decide, what the team keeps from
    producers. At most one query besides the permissions'.
    """
    if not isinstance(hijacker, User) or not isinstance(hijacked, User):
        return False
    is_admin = hijacker.is_active and hijacker.is_staff and hijacker.has_perms(REQUIRED_PERMISSIONS)
    return is_admin and _can_be_impersonated(hijacked) and not _receives_demos_of(hijacked, hijacker)


def _can_be_impersonated(user: User) -> bool:
    return user.is_active and not user.anonymised_at and not (user.is_staff or user.is_superuser)


def _receives_demos_of(member: User, producer: User) -> bool:
    return Submission.objects.sent_by(producer).sent().filter(label__memberships__user=member).exists()


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_OUT_PAGES = frozenset({"account_logout", "admin:logout"})
"""Signing out while acting as somebody ends the impersonation."""

STOP_PAGE = "impersonation:stop"
RECORDED_PAGES = frozenset(
    {
        "desk:act",
        "desk:listened",
        "submissions:agree-hold",
        "submissions:counter",
        "submissions:decline",
        "submissions:nudge",
        "submissions:refuse-hold",
        "submissions:replace-link",
        "submissions:sign",
        "submissions:withdraw",
    }
)
"""URL names that write one event, which records the user and the impersonator."""
SENDING_PAGES = frozenset({"submissions:edit", "submissions:resubmit", "submissions:send"})
"""The same when the form sends; saving a draft would not record the impersonator."""

NO_ADMIN = "The office is closed while you act as somebody. Stop first."
OWNER_ONLY = "Only the owner can see what gives access to an account."  # a sentence
NO_ACCOUNT = "Only the owner can change their account. Stop acting as them and use the office."
READ_ONLY = "You are viewing as somebody else: nothing can be changed."
NOT_RECORDED = "This cannot be done while acting as somebody: the record would not name you."


def refusal(request: HttpRequest, name: str) -> str:
    """Return why an impersonator may not request this URL name, "" if they may."""
    if name.startswith("admin:"):
        return NO_ADMIN
    if request.method in SAFE_METHODS:
        is_private = name == "accounts:sessions" or (name.startswith("mfa_") and name != "mfa_index")
        return OWNER_ONLY if is_private else ""
    if name == STOP_PAGE:
        return ""
    if name.startswith(("account_", "mfa_", "accounts:")):
        return NO_ACCOUNT
    if not settings.IMPERSONATORS_MAY_ACT:
        return READ_ONLY
    is_sending = name in SENDING_PAGES and request.POST.get("do") == "send"
    return "" if is_sending or name in RECORDED_PAGES else NOT_RECORDED
