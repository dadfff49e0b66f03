"""A request whose sender has signed in, as every view behind `LoginRequired` gets it."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations alone: says that `request.user` is nobody anonymous."""

    user: User
    impersonator: User | None


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who acts as `request.user`, None where people act themselves."""
    return getattr(request, "impersonator", None)
