"""Where a visitor was going before they had to sign up or fill in a form first."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import visitor_store
from kit.urls import split_url

KEY = "onward"
LONGEST = 2000


def safe_path(path: str | None) -> str:
    """Return the path if it leads to this site, "" for anything a browser might take for another site."""
    if not path or len(path) > LONGEST or not path.startswith("/") or not path.isprintable():
        return ""
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def keep(request: HttpRequest, path: str | None) -> None:
    """Remember where this visitor is going; ignores unsafe paths."""
    if path := safe_path(path):
        visitor_store.keep(request, KEY, path)


def read(request: HttpRequest) -> str:
    """Return where this visitor is going, "" if unknown."""
    return safe_path(visitor_store.read(request, KEY))


def take(request: HttpRequest, **query: str) -> str:
    """Return and forget where this visitor was going, "" if unknown; `query` is added to the path."""
    path = safe_path(visitor_store.take(request, KEY))
    return _with_query(path, query) if path and query else path


def forget(request: HttpRequest) -> None:
    """Forget where this visitor was going: they have arrived."""
    visitor_store.forget(request, KEY)


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}{'&' if split_url(path).query else '?'}{urlencode(query)}"
