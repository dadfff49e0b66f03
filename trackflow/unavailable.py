"""503: while MAINTENANCE is on, and while the database cannot be reached. Neither page needs the database."""

import sys
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.db import close_old_connections
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter
from django_htmx.middleware import HtmxDetails

from kit.outages import is_cut, is_outage

Handler = Callable[[HttpRequest], HttpResponse]

MAINTENANCE_LASTS, OUTAGE_LASTS = 600, 5
"""Seconds after which to try again."""
MAINTENANCE = (
    "Trackflow is down for maintenance. Everything that was sent and answered is safe, and nothing changes meanwhile. "
    "Please come back in ten minutes."
)
OUTAGE = (
    "Trackflow cannot reach its database right now. Everything saved so far is safe. Please try again in a few "
    "seconds. If you were sending something, check first whether it went through."
)
JSON, HTML = "application/json", "text/html"
READING, MOST_TRIES = ("GET", "HEAD"), 3


def maintenance(get_response: Handler) -> Handler:
    """Answer every page with 503 while MAINTENANCE is on, without a query; static files are still served."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.MAINTENANCE:
            return _unavailable(request, MAINTENANCE, MAINTENANCE_LASTS)
        return get_response(request)

    return handle


def outage(get_response: Handler) -> Handler:
    """Answer 503 for what an outage of the database broke; what only reads is tried again first."""

    def handle(request: HttpRequest) -> HttpResponse:
        response, tries = get_response(request), 1
        while tries < MOST_TRIES and request.method in READING and is_cut(_outage_of(request)):
            close_old_connections()
            read = cast("WSGIRequest", request)
            request = type(read)(read.environ)
            response, tries = get_response(request), tries + 1
        if _outage_of(request) is None:
            return response
        return _unavailable(request, OUTAGE, OUTAGE_LASTS)

    return handle


@receiver(got_request_exception, dispatch_uid="trackflow.note_outage")
def note_outage(request: HttpRequest, **_: Any) -> None:
    """Remember on the request that its exception was an outage."""
    error = sys.exception()
    if is_outage(error):
        request.outage = error  # type: ignore[attr-defined]  # ours alone
        request.exception_reporter_class = NoReport


class NoReport(ExceptionReporter):
    """Nothing instead of DEBUG's report, which would ask the database again for each thing it shows."""

    def get_traceback_html(self) -> SafeString:
        return SafeString()

    def get_traceback_text(self) -> SafeString:
        return SafeString()


def _outage_of(request: HttpRequest) -> BaseException | None:
    return getattr(request, "outage", None)


def _unavailable(request: HttpRequest, text: str, seconds: int) -> HttpResponse:
    """Answer as the reader can read it: JSON, a message on the page, or a page."""
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store", "Vary": "Accept, HX-Request"}
    if request.get_preferred_type([HTML, JSON]) == JSON:
        return JsonResponse({"error": text}, status=503, headers=headers)
    if HtmxDetails(request):
        headers |= {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
        html = render_to_string("components/toast.html", {"level": "error", "text": text})
    else:
        html = render_to_string("503.html", {"text": text})
    return HttpResponse(html, status=503, headers=headers)
