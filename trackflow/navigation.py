"""Context of every page's frame: the reader's desks, unread notifications, impersonation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.requests import impersonator_of
from kit.cookies import own_cookie, set_own_cookie
from kit.htmx import HtmxRequest
from kit.routes import url_for
from kit.statements import Statement, param
from labels.access import memberships_of
from labels.choices import Role
from labels.models import Label, Membership
from notifications.models import Delivery
from recordings.owners import sees_shelves

START_PAGE = "desk:queue"
DESK_PAGES = MappingProxyType(
    {
        "desk:bulks": Role.VIEWER,
        "desk:log": Role.VIEWER,
        "desk:outbox": Role.VIEWER,
        "releases:board": Role.VIEWER,
        "releases:calendar": Role.VIEWER,
        "releases:list": Role.VIEWER,
        "releases:month": Role.VIEWER,
        "releases:series-list": Role.VIEWER,
        "releases:suggestions": Role.VIEWER,
        "releases:templates": Role.VIEWER,
        "workspace:team": Role.VIEWER,
        "workspace:templates": Role.VIEWER,
        "desk:views": Role.VIEWER,
        "workspace:blocks": Role.MANAGER,
        "workspace:embed": Role.MANAGER,
        "workspace:intakes": Role.MANAGER,
        "workspace:proof": Role.MANAGER,
        "desk:settings": Role.MANAGER,
        "releases:plan": Role.MANAGER,
        "releases:settings": Role.MANAGER,
        "workspace:setup": Role.MANAGER,
        "desk:tags": Role.MANAGER,
        "labels:settings": Role.MANAGER,
    }
)
"""Pages that every desk has, each with the lowest role that may open it."""


@dataclass(frozen=True)
class DeskLink:
    """One of the reader's desks; `href` is the same page at that desk, if they may open it."""

    name: str
    slug: str
    href: str
    is_here: bool


def desk_links_of(user: User, request: HttpRequest) -> list[DeskLink]:
    """Return the reader's desks by label name. One query at most."""
    return [_desk_link(membership, request.resolver_match) for membership in memberships_of(user)]


def current_slug(match: ResolverMatch | None) -> str:
    """Return the slug of the label whose desk or set-up page this is, "" for other pages."""
    if match is None or not (
        match.app_name in ("desk", "workspace", "releases") or match.view_name in DESK_PAGES
    ):
        return ""
    return str(match.kwargs.get("slug", ""))


def _desk_link(membership: Membership, match: ResolverMatch | None) -> DeskLink:
    label = membership.label
    current = current_slug(match)
    page = match.view_name if match and current else START_PAGE
    lowest_role = DESK_PAGES.get(page)
    may_open = lowest_role is not None and membership.role >= lowest_role
    href = url_for(page if may_open else START_PAGE, label.slug)
    return DeskLink(label.name, label.slug, href, is_here=current == label.slug)


COOKIE = "desk"
Handler = Callable[[HtmxRequest], HttpResponse]


def remember_desk(get_response: Handler) -> Handler:
    """Middleware: remember the desk whose page was opened last; HTMX requests do not count."""

    def handle(request: HtmxRequest) -> HttpResponse:
        response = get_response(request)
        slug = current_slug(request.resolver_match)
        is_page = response.status_code == 200 and not request.htmx
        if slug and is_page and slug != own_cookie(request, COOKIE):
            set_own_cookie(response, COOKIE, slug, seconds=settings.SESSION_COOKIE_AGE)
        return response

    return handle


def last_desk(desks: Sequence[Label], request: HttpRequest) -> Label | None:
    """Return the desk opened last, else the first, else None."""
    slug = own_cookie(request, COOKIE)
    remembered = (desk for desk in desks if desk.slug == slug)
    return next(remembered, desks[0] if desks else None)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: desks and unread count, queried only when shown, and the impersonator, if any."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"desks": [], "unread_count": 0}
    desks = SimpleLazyObject(lambda: desk_links_of(user, request))
    return {
        "desks": desks,
        "desk_here": SimpleLazyObject(lambda: next((desk for desk in desks if desk.is_here), None)),
        # a desk's pages are the same with the studio and without it
        "shows_studio": settings.STUDIO and not current_slug(request.resolver_match),
        "sees_shelves": bool(settings.SHELVES) and SimpleLazyObject(lambda: sees_shelves(user)),
        "unread_count": SimpleLazyObject(lambda: _unread_count(user, request)),
        **_impersonation(request),
    }


def _unread_count(user: User, request: HttpRequest) -> int:
    """Return the number at the bell, as the view has counted it or by one query."""
    known = getattr(request, "unread_count", None)
    return _unread().count(user=user.pk) if known is None else known


@cache
def _unread() -> Statement[Delivery]:
    return Statement(Delivery.objects.unread_by(param("user")).values("pk"))


def _impersonation(request: HttpRequest) -> dict[str, Any]:
    admin = impersonator_of(request)
    may_act = {"impersonators_may_act": settings.IMPERSONATORS_MAY_ACT}
    if admin is None:
        return may_act
    session = request.impersonation  # type: ignore[attr-defined]  # set together with the impersonator
    return may_act | {"impersonator": admin, "acting_until": session.until}
