"""What a visitor brought is kept for a day, while they sign up or fill in what must come first.

Who has a session has it there, under a name, and keeps it when signing in. A form in a frame on another site sets
no cookie: what it sends lies in the cache under a random code, which the address carries on to a session.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from kit.clock import now

LASTS = timedelta(days=1)

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def keep(request: HttpRequest, name: str, value: Any) -> None:
    """Keep something of JSON in this visitor's session, in the place of what was there."""
    request.session[name] = _dated(value)


def read(request: HttpRequest, name: str) -> Any:
    """Return what is kept, None for nothing or after a day."""
    return _lasting(request.session.get(name))


def take(request: HttpRequest, name: str) -> Any:
    """Return the same, and forget it."""
    return _lasting(request.session.pop(name, None))


def forget(request: HttpRequest, name: str) -> None:
    """Forget it; a session that holds none is not written."""
    if name in request.session:
        del request.session[name]


def keep_under_code(value: Any) -> str:
    """Keep something of a visitor without a session; return the code, 128 random bits."""
    code = secrets.token_urlsafe(16)
    cache.set(_key(code), _dated(value), int(LASTS.total_seconds()))
    return code


def read_by_code(code: str) -> Any:
    """Return what a code names; None for no code, after a day, or once it was forgotten."""
    return _lasting(cache.get(_key(code))) if _CODE.fullmatch(code) else None


def forget_code(code: str) -> None:
    """Forget what a code names: it is in its owner's session now."""
    if _CODE.fullmatch(code):
        cache.delete(_key(code))


def _dated(value: Any) -> dict[str, Any]:
    return {"value": value, "until": (now() + LASTS).isoformat()}


def _lasting(kept: dict[str, Any] | None) -> Any:
    return kept["value"] if kept and datetime.fromisoformat(kept["until"]) > now() else None


def _key(code: str) -> str:
    return f"visitor:{code}"
