"""Who may act as whom, and who does so in a request."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User

NEEDED = ("accounts.change_user", "submissions.view_submission")
"""What staff must be allowed in the office anyway, whose eyes this lends; superusers are allowed everything."""


def may_impersonate(*, hijacker: User | AnonymousUser, hijacked: Any) -> bool:
    """Whether the first may act as the second: admins alone, never as another admin, nobody who is gone."""
    is_admin = hijacker.is_active and hijacker.is_staff and hijacker.has_perms(NEEDED)
    return is_admin and isinstance(hijacked, User) and _can_be_lent(hijacked)


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who acts as `request.user`, None where people act themselves."""
    return getattr(request, "impersonator", None)


def _can_be_lent(user: User) -> bool:
    return user.is_active and not user.anonymised_at and not (user.is_staff or user.is_superuser)
