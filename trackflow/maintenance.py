"""Closed for maintenance: every page but `/health/` says so, and no database is asked."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]

WAIT = 600  # seconds after which to ask again


def closed(get_response: Handler) -> Handler:
    """Middleware, to stand behind static files and before sessions: answers 503 while MAINTENANCE is on."""
    return lambda request: _answer() if settings.MAINTENANCE else get_response(request)


def _answer() -> HttpResponse:
    headers = {"Retry-After": str(WAIT), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
