"""Which desk somebody was at last: a cookie, so that reading a page writes nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from kit.htmx import HtmxRequest
from labels.models import Label
from trackflow.desk_switcher import slug_here

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
