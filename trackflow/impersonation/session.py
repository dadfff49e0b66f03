"""Who acts as whom in a session, since when, and whether that may go on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.requests import SignedInRequest
from kit.clock import now
from trackflow.impersonation.rules import may_impersonate

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
