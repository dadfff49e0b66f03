"""What every page's frame needs."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.requests import impersonator_of
from kit.htmx import HtmxRequest
from labels.choices import Role
from labels.models import Label, Membership
from notifications.models import Delivery

HOME = "desk:queue"
PLACES = MappingProxyType(
    {
        "desk:bulks": Role.VIEWER,
        "desk:log": Role.VIEWER,
        "desk:outbox": Role.VIEWER,
        "workspace:team": Role.VIEWER,
        "workspace:templates": Role.VIEWER,
        "desk:views": Role.VIEWER,
        "workspace:blocks": Role.MANAGER,
        "workspace:embed": Role.MANAGER,
        "workspace:intakes": Role.MANAGER,
        "workspace:proof": Role.MANAGER,
        "desk:settings": Role.MANAGER,
        "workspace:setup": Role.MANAGER,
        "desk:tags": Role.MANAGER,
        "labels:settings": Role.MANAGER,
    }
)
"""Places that every desk has, each with the least role that may open it."""


@dataclass(frozen=True)
class Stand:
    """One of the reader's desks; `href` is where it leads to from the page that is open."""

    name: str
    slug: str
    href: str
    is_here: bool


def stands_of(user: User, request: HttpRequest) -> list[Stand]:
    """Return the desks that a reader may enter, by name. One query."""
    own = Membership.objects.filter(user=user).select_related("label").order_by("label__name", "label_id")
    return [_stand(membership, request.resolver_match) for membership in own]


def slug_here(match: ResolverMatch | None) -> str:
    """Return the slug of the label at whose desk, or set-up, an address is; "" where it is at none."""
    if match is None or not (match.app_name in ("desk", "workspace") or match.view_name in PLACES):
        return ""
    return str(match.kwargs.get("slug", ""))


def _stand(membership: Membership, match: ResolverMatch | None) -> Stand:
    label = membership.label
    here = slug_here(match)
    place = match.view_name if match and here else HOME
    least = PLACES.get(place)
    is_open = least is not None and membership.role >= least
    href = reverse(place if is_open else HOME, args=[label.slug])
    return Stand(label.name, label.slug, href, is_here=here == label.slug)


COOKIE = "desk"
Handler = Callable[[HtmxRequest], HttpResponse]


def remembered(get_response: Handler) -> Handler:
    """Remember the desk whose page was just opened; what a page in the background asks for does not count."""

    def handle(request: HtmxRequest) -> HttpResponse:
        response = get_response(request)
        slug = slug_here(request.resolver_match)
        if slug and response.status_code == 200 and not request.htmx:
            _remember(slug, request, response)
        return response

    return handle


def desk_for(user: User, request: HttpRequest) -> Label | None:
    """Return the desk that this person was at last, else their first by name; None for who has none."""
    desks = list(Label.objects.desks_of(user).order_by("name"))
    last = (desk for desk in desks if desk.slug == request.COOKIES.get(COOKIE))
    return next(last, desks[0] if desks else None)


def _remember(slug: str, request: HttpRequest, response: HttpResponse) -> None:
    if request.COOKIES.get(COOKIE) == slug:
        return
    response.set_cookie(
        COOKIE,
        slug,
        max_age=settings.SESSION_COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


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
