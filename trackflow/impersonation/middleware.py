"""What every request of somebody who acts as somebody else goes through."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.requests import impersonator_of
from kit.htmx import HtmxRequest
from trackflow.impersonation import record, views
from trackflow.impersonation.allowed_paths import ENDS, LOOKS, refusal
from trackflow.impersonation.session import standing_of

Handler = Callable[[HttpRequest], HttpResponse]


class Impersonation:
    """Sets `request.impersonator`, ends what has lasted an hour, and refuses what an impersonator may not ask.

    Stands behind the session and the sign-in, before the latter is asked for.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._recognise(request)
        return self.get_response(request)

    def process_view(
        self, request: Any, view: object, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place where it is over, or may not be."""
        admin = impersonator_of(request)
        if admin is None:
            return None
        name, is_look = request.resolver_match.view_name, request.method in LOOKS
        if request.impersonation.is_over:
            return views.stop(request, how=views.OVER)
        if name in ENDS and not is_look:
            return views.stop(request, how=views.SIGNED_OUT)
        sentence = refusal(request, name)
        if sentence or not is_look:
            record.write_request(request, admin, name, refused=sentence)
        return _refused(request, sentence) if sentence else None

    def _recognise(self, request: Any) -> None:
        standing = standing_of(request)
        if standing and standing.admin is None:
            record.write_break(standing, request.user.pk)
            logout(request)
            standing = None
        request.impersonation = standing
        request.impersonator = standing and standing.admin


def _refused(request: HtmxRequest, sentence: str) -> HttpResponse:
    """Answer 403 with the sentence: as a page, or for HTMX among the messages."""
    if not request.htmx:
        return render(request, "impersonation/refused.html", {"sentence": sentence}, status=403)
    context = {"level": "error", "text": sentence}
    response = render(request, "components/toast.html", context, status=403)
    response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    return response
