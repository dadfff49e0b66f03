"""Impersonation in a session: who acts as whom, since when, and whether that may go on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.requests import SignedInRequest
from kit.clock import now
from trackflow.impersonation.rules import may_impersonate

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
