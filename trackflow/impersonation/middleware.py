"""The middleware that sets who impersonates, and enforces the rules meanwhile."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.requests import impersonator_of
from kit.htmx import HtmxRequest
from trackflow.impersonation import record, views
from trackflow.impersonation.rules import SAFE_METHODS, SIGN_OUT_PAGES, refusal
from trackflow.impersonation.session import acting_session_of

Handler = Callable[[HttpRequest], HttpResponse]


class ImpersonationMiddleware:
    """Set `request.impersonator`, end impersonations after an hour, and refuse what is not allowed meanwhile.

    Comes after the session and authentication middlewares, before `LoginRequired`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._set_impersonator(request)
        return self.get_response(request)

    def process_view(
        self, request: Any, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of the view if the hour is over or the request is refused."""
        admin = impersonator_of(request)
        if admin is None:
            return None
        name, is_safe = request.resolver_match.view_name, request.method in SAFE_METHODS
        if request.impersonation.is_over:
            return views.stop(request, how=views.OVER)
        if name in SIGN_OUT_PAGES and not is_safe:
            return views.stop(request, how=views.SIGNED_OUT)
        sentence = refusal(request, name)
        if sentence or not is_safe:
            record.write_request(request, admin, name, refused=sentence)
        return _refused(request, sentence) if sentence else None

    def _set_impersonator(self, request: Any) -> None:
        session = acting_session_of(request)
        if session and session.admin is None:
            record.write_cut_off(session, request.user.pk)
            logout(request)
            session = None
        request.impersonation = session
        request.impersonator = session and session.admin


def _refused(request: HtmxRequest, sentence: str) -> HttpResponse:
    """Answer 403 with the sentence: as a page, or for HTMX as a message."""
    if not request.htmx:
        return render(request, "impersonation/refused.html", {"sentence": sentence}, status=403)
    context = {"level": "error", "text": sentence}
    response = render(request, "components/toast.html", context, status=403)
    response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    return response
