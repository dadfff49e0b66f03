"""429: what was done too often, when it can be done again, and what was typed, still in its form."""

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from urllib.parse import unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from accounts import limits, return_path, unsent_forms
from accounts.form_refill import refill
from accounts.unsent_forms import UnsentForm
from kit.clock import now
from kit.htmx import HtmxRequest
from kit.urls import split_url
from submissions.wording import clock_time, span

Handler = Callable[[HttpRequest], HttpResponse]
TOO_MANY = 429
IN_MESSAGES = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
JSON, HTML = "application/json", "text/html"


class LimitedPages:
    """Middleware: counts requests of the pages that `LIMITS` names, and answers for what was done too often.

    It stands before whoever keeps people out, so that the page drawn again is one they may see.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Count a request of a page that has a limit; who is to sign in first is asked to."""
        match = request.resolver_match
        names = _limits_of(match.view_name if match else "", request.method or "")
        if not names or (getattr(view, "login_required", True) and not request.user.is_authenticated):
            return None
        for name in names:
            if settings.LIMITS[name].counts(request):
                tried = limits.spend(request, name, label=str(kwargs.get("slug", "")))
                if tried.until:
                    return self._answer(request, settings.LIMITS[name].sentence, tried.until)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, limits.LimitReachedError):
            return self._answer(request, exception.sentence, exception.until)
        return None

    def _answer(self, request: HttpRequest, sentence: str, until: datetime) -> HttpResponse:
        response = self._page(request, f"{sentence} {when(request, until)}")
        response.status_code = TOO_MANY
        response["Retry-After"] = limits.seconds_left(until)
        response["Cache-Control"] = "private, no-store"
        return response

    def _page(self, request: HttpRequest, sentence: str) -> HttpResponse:
        """Answer as the reader can read it: JSON, a message on the page, which keeps its form, or a page."""
        if request.get_preferred_type([HTML, JSON]) == JSON:
            return JsonResponse({"error": sentence})
        if cast("HtmxRequest", request).htmx:
            response = render(request, "components/toast.html", {"level": "error", "text": sentence})
            for name, value in IN_MESSAGES.items():
                response[name] = value
            return response
        return self._page_with_form(request, sentence)

    def _page_with_form(self, request: HttpRequest, sentence: str) -> HttpResponse:
        """Return the page that was typed on, filled in; where it has no such form, one that shows what was typed."""
        sent = unsent_forms.form_of(request) if request.method == "POST" else None
        drawn = self._drawn_again(request, sent) if sent else None

        def notice(left: list[str]) -> str:
            said = {"sentence": sentence, "left": left, "has_files": bool(request.FILES)}
            return render(request, "limits/_notice.html", said).content.decode()

        if sent and drawn is not None:
            page = refill(drawn.content.decode(), split_url(sent.page).path, sent, notice)
            if page is not None:
                drawn.content = page.encode()
                return drawn
        return render(request, "429.html", {"sentence": sentence, "sent": sent})

    def _drawn_again(self, request: HttpRequest, sent: UnsentForm) -> HttpResponse | None:
        response = self._get_response(_reading(request, sent.page))
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith(HTML)
        return response if is_page and not response.streaming else None


def when(request: HttpRequest, until: datetime) -> str:
    """Say when one may come back; visitors have no time zone, and hear how long that is."""
    left = max(until - now(), timedelta(minutes=1))
    if not request.user.is_authenticated:
        return f"Try again in {span(left)}."
    return f"Try again in {span(left)} ({clock_time(until)})."


@cache
def _by_page() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the names of the limits of each page, by URL name and method."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, limit in settings.LIMITS.items():
        for key in ((page, method) for page in limit.pages for method in limit.methods):
            found[key] = (*found.get(key, ()), name)
    return found


def _limits_of(page: str, method: str) -> tuple[str, ...]:
    return _by_page().get((page, method), ())


def _reading(request: HttpRequest, address: str) -> HttpRequest:
    """Return a request of the same person that reads a page of this site."""
    place = split_url(return_path.safe_path(address) or "/")
    again = copy(cast("WSGIRequest", request))
    again.__dict__.pop("headers", None)
    again.method, again.path = "GET", unquote(place.path)
    again.path_info = again.path
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": again.path, "QUERY_STRING": place.query}
    again.META = again.environ = {**request.META, **asked, "CONTENT_LENGTH": "0"}
    again.GET = QueryDict(place.query)
    again.POST, again._files, again._body = QueryDict(), MultiValueDict(), b""  # type: ignore[attr-defined]  # Django's
    again.resolver_match = None
    return again
