"""What was typed on another site, kept by us under a random code for a day."""

import re
import secrets
from collections.abc import Mapping

from django.core.cache import cache
from django.http import HttpRequest

LASTS_SECONDS = 24 * 60 * 60
LONGEST = {"title": 300, "link": 2100, "artist_name": 300, "genre": 60, "intake": 20}
"""The fields taken, and as much of each as is kept: a little more than its form takes, to be told so."""

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def keep(typed: Mapping[str, str]) -> str:
    """Keep the known fields, cut to their lengths; return the code, 128 random bits."""
    code = secrets.token_urlsafe(16)
    kept = {name: str(typed.get(name, ""))[:longest] for name, longest in LONGEST.items()}
    cache.set(_key(code), kept, LASTS_SECONDS)
    return code


def read(request: HttpRequest) -> dict[str, str] | None:
    """Return what the address's `kept` names; None without one, a day later, or once it was taken on."""
    code = request.GET.get("kept", "")
    return cache.get(_key(code)) if _CODE.fullmatch(code) else None


def drop(request: HttpRequest) -> None:
    """Forget it: it is in its owner's session now."""
    cache.delete(_key(request.GET.get("kept", "")))


def _key(code: str) -> str:
    return f"begun:{code}"
