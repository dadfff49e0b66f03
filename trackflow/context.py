"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.models import Delivery
from trackflow.switching import stands_of


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the reader's desks and unread notifications, asked for only when a page shows them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desks": [], "unread_count": 0}
    desks = SimpleLazyObject(lambda: stands_of(user, request))
    return {
        "desks": desks,
        "desk_here": SimpleLazyObject(lambda: next((desk for desk in desks if desk.is_here), None)),
        "unread_count": SimpleLazyObject(lambda: Delivery.objects.unread_by(user).count()),
    }
