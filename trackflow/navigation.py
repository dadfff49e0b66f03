"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.requests import impersonator_of
from notifications.models import Delivery
from trackflow.desk_switcher import stands_of


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the reader's desks and unread notifications, asked for only when a page shows them.

    And who acts as them, if anybody does.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desks": [], "unread_count": 0}
    desks = SimpleLazyObject(lambda: stands_of(user, request))
    return {
        "desks": desks,
        "desk_here": SimpleLazyObject(lambda: next((desk for desk in desks if desk.is_here), None)),
        "unread_count": SimpleLazyObject(lambda: Delivery.objects.unread_by(user).count()),
        **_acting(request),
    }


def _acting(request: HttpRequest) -> dict[str, Any]:
    admin = impersonator_of(request)
    may_act = {"impersonators_may_act": settings.IMPERSONATORS_MAY_ACT}
    if admin is None:
        return may_act
    standing = request.impersonation  # type: ignore[attr-defined]  # set together with the impersonator
    return may_act | {"impersonator": admin, "acting_until": standing.until}
