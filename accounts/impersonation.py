"""Who acts as somebody else in a request; whoever may is `trackflow`'s to say."""

from django.http import HttpRequest

from accounts.models import User


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who acts as `request.user`, None where people act themselves."""
    return getattr(request, "impersonator", None)
