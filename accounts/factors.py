"""Second factors of signing in: who has one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""An app or a passkey; recovery codes only stand in for one."""


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """Return a person's second factors; takes an `OuterRef` too, for a question within another statement."""
    return Authenticator.objects.filter(user=user, type__in=KINDS)


def has_factor(user: User) -> bool:
    return factors_of(user).exists()


def lacks_needed_factor(admin: User) -> bool:
    """Whether this admin still needs a second factor: outside the demo all do. One query, none in the demo."""
    return settings.ADMINS_NEED_TWO_FACTORS and not has_factor(admin)
