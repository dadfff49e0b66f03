"""Impersonation in a session: who acts as whom, since when, and the middleware that enforces the rules."""

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
from trackflow.impersonation.rules import SAFE_METHODS, SIGN_OUT_PAGES, may_impersonate, refusal

MAX_DURATION = timedelta(hours=1)
HIJACK_KEY = "hijack_history"
"""Session key in which django-hijack keeps the admins."""
SESSION_KEY = "impersonation"


@dataclass(frozen=True)
class ActingSession:
    """An admin acting as somebody; `admin` is None if that is no longer allowed."""

    admin: User | None
    since: datetime

    @property
    def until(self) -> datetime:
        return self.since + MAX_DURATION

    @property
    def is_over(self) -> bool:
        return now() >= self.until


def start_session(request: SignedInRequest, admin: User) -> None:
    """Note the start and the admin's password hash: changing the password ends the impersonation."""
    request.session[SESSION_KEY] = {"since": now().timestamp(), "hash": admin.get_session_auth_hash()}


def acting_session_of(request: HttpRequest) -> ActingSession | None:
    """Return the impersonation in a session, None (without a query) if there is none."""
    history = request.session.get(HIJACK_KEY)
    if not history:
        return None
    started = request.session.get(SESSION_KEY, {"since": 0, "hash": ""})
    admin = User.objects.filter(pk=history[-1]).first()
    since = datetime.fromtimestamp(started["since"], UTC)
    return ActingSession(admin if _is_allowed(request, admin, started["hash"]) else None, since)


def _is_allowed(request: HttpRequest, admin: User | None, auth_hash: str) -> bool:
    if admin is None or not may_impersonate(hijacker=admin, hijacked=_person(request)):
        return False
    return constant_time_compare(admin.get_session_auth_hash(), auth_hash)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


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
