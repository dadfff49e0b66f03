"""Proving once more who one is, before what is hard to undo: `@confirmed` on a view, `require_confirmation` within one.

With the password, a code or a passkey; it counts for a quarter of an hour (`ACCOUNT_REAUTHENTICATION_TIMEOUT`). A form
that was sent goes on afterwards as it was sent.
"""

from allauth.account.decorators import reauthentication_required as confirmed
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest

__all__ = ["confirmed", "require_confirmation"]


def require_confirmation(request: HttpRequest) -> None:
    """Raise what leads to the page that asks, unless they have just proved it."""
    raise_if_reauthentication_required(request, app="allauth.account")
