"""Who acts as whom in a session, since when, and whether that may go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.requests import SignedInRequest, impersonator_of
from kit.clock import now
from kit.htmx import HtmxRequest
from trackflow.impersonation import record, views
from trackflow.impersonation.rules import ENDS, LOOKS, may_impersonate, refusal

LONGEST = timedelta(hours=1)
HISTORY = "hijack_history"
"""Where django-hijack keeps who acts as somebody."""
KEPT = "impersonation"


@dataclass(frozen=True)
class Standing:
    """An admin who acts as somebody; `admin` is None where that may not go on."""

    admin: User | None
    since: datetime

    @property
    def until(self) -> datetime:
        return self.since + LONGEST

    @property
    def is_over(self) -> bool:
        return now() >= self.until


def begin(request: SignedInRequest, admin: User) -> None:
    """Note when it began, and with which of the admin's passwords: another one ends it."""
    kept = {"since": now().timestamp(), "hash": admin.get_session_auth_hash()}
    request.session[KEPT] = kept


def standing_of(request: HttpRequest) -> Standing | None:
    """Return how things stand in a session, None where people act themselves. Few queries where they do not."""
    history = request.session.get(HISTORY)
    if not history:
        return None
    kept = request.session.get(KEPT, {"since": 0, "hash": ""})
    admin = User.objects.filter(pk=history[-1]).first()
    since = datetime.fromtimestamp(kept["since"], UTC)
    return Standing(admin if _may_go_on(request, admin, kept["hash"]) else None, since)


def _may_go_on(request: HttpRequest, admin: User | None, proof: str) -> bool:
    if admin is None or not may_impersonate(hijacker=admin, hijacked=_person(request)):
        return False
    return constant_time_compare(admin.get_session_auth_hash(), proof)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


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
