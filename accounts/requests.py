"""Requests of signed-in users, and who is impersonating them."""

from django.http import HttpRequest

from accounts.models import User
from kit.htmx import HtmxRequest


class SignedInRequest(HtmxRequest):
    """For annotations alone: says that `request.user` is nobody anonymous."""

    user: User
    impersonator: User | None


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who is impersonating `request.user`, or None."""
    return getattr(request, "impersonator", None)
