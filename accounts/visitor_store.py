"""Keeps a visitor's input for a day, while they sign up or fill in another form first.

It is kept in the session, under a name, and survives signing in. A form in a frame on another site has no cookie:
its input is kept in the cache under a random code, and the URL carries the code on to a page with a session. So is a
form whose session had ended (`unsent_forms`), for an hour.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from kit.clock import now

LIFETIME = timedelta(days=1)

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def keep(request: HttpRequest, name: str, value: Any) -> None:
    """Keep a JSON value in this visitor's session, replacing an earlier one."""
    request.session[name] = _with_expiry(value)


def read(request: HttpRequest, name: str) -> Any:
    """Return the kept value; None if there is none or it is older than a day."""
    return _unexpired(request.session.get(name))


def take(request: HttpRequest, name: str) -> Any:
    """Return the kept value and forget it."""
    return _unexpired(request.session.pop(name, None))


def forget(request: HttpRequest, name: str) -> None:
    """Forget the kept value; does not write the session if there is none."""
    if name in request.session:
        del request.session[name]


def keep_by_code(value: Any, lifetime: timedelta = LIFETIME) -> str:
    """Keep a value for a visitor without a session; return its code, 128 random bits."""
    code = secrets.token_urlsafe(16)
    cache.set(_key(code), _with_expiry(value, lifetime), int(lifetime.total_seconds()))
    return code


def read_by_code(code: str) -> Any:
    """Return the value of a code; None for an invalid, expired or forgotten code."""
    return _unexpired(cache.get(_key(code))) if _CODE.fullmatch(code) else None


def forget_code(code: str) -> None:
    """Forget the value of a code, once it is in a session."""
    if _CODE.fullmatch(code):
        cache.delete(_key(code))


def _with_expiry(value: Any, lifetime: timedelta = LIFETIME) -> dict[str, Any]:
    return {"value": value, "until": (now() + lifetime).isoformat()}


def _unexpired(kept: dict[str, Any] | None) -> Any:
    return kept["value"] if kept and datetime.fromisoformat(kept["until"]) > now() else None


def _key(code: str) -> str:
    return f"visitor:{code}"
