"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from labels.models import Label
from notifications.models import Delivery


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the reader's desks and unread notifications, asked for only when a page shows them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desks": [], "unread_count": 0}
    desks = SimpleLazyObject(lambda: list(Label.objects.desks_of(user).order_by("name")))
    return {
        "desks": desks,
        "unread_count": SimpleLazyObject(lambda: Delivery.objects.unread_by(user).count()),
    }
