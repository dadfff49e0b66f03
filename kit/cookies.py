"""Our own cookies: read by us alone, sent to this site alone.

Over https they have names that browsers take from https alone.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def set_own_cookie(response: HttpResponse, name: str, value: str, *, seconds: int, path: str = "/") -> None:
    """Let the browser keep this for so long."""
    response.set_cookie(
        own_name(name),
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def own_cookie(request: HttpRequest, name: str) -> str:
    """Return what the browser keeps under this name, "" if nothing."""
    return request.COOKIES.get(own_name(name), "")


def own_name(name: str) -> str:
    """Return the whole name of a cookie, as the browser knows it."""
    return f"{settings.COOKIE_PREFIX}{name}"
