"""Where somebody is signed in, as the page shows it; and ending sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import sign_in_record
from accounts.browser_names import browser_name
from accounts.models import Session, User
from accounts.sessions import unexpired_of

HIJACK_KEY = "hijack_history"
"""Of django-hijack: the admins who act as somebody in this session."""


@dataclass(frozen=True)
class SessionRow:
    """An open session; `code` names it in forms, where its key must not stand."""

    code: str
    browser: str
    address: str
    since: datetime | None
    seen_at: datetime
    is_here: bool
    is_staff: bool


def open_sessions(user: User, key: str | None) -> list[SessionRow]:
    """Return a person's open sessions, this one (of this key) first, then by last use. One query."""
    rows = [_row(session, data, key) for session, data in _open(user)]
    return sorted(rows, key=lambda row: (row.is_here, row.seen_at), reverse=True)


def end_session(user: User, code: str) -> bool:
    """End one of a person's sessions; return whether there was one."""
    keys = [row.session_key for row, _ in _open(user) if constant_time_compare(_code(row.session_key), code)]
    return bool(Session.objects.filter(user=user, session_key__in=keys).delete()[0])


def end_other_sessions(user: User, key: str | None) -> int:
    """End all of a person's sessions but the one of this key; return how many there were."""
    return Session.objects.filter(user=user).exclude(session_key=key).delete()[0]


def _open(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Yield a person's sessions that still let them in: not those from before the last new password."""
    for row in unexpired_of(user):
        data = row.get_decoded()
        if constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
            yield row, data


def _row(session: Session, data: dict[str, Any], key: str | None) -> SessionRow:
    since, address, agent = sign_in_record.read(data)
    return SessionRow(
        code=_code(session.session_key),
        browser=browser_name(agent),
        address=address,
        since=since,
        seen_at=session.last_seen_at,
        is_here=session.session_key == key,
        is_staff=bool(data.get(HIJACK_KEY)),
    )


def _code(key: str) -> str:
    return salted_hmac("accounts.session_list", key).hexdigest()[:32]
