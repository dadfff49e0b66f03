"""Where somebody was going when signing up, or a form to be filled in first, came in between."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import visitor_store

KEY = "onward"
LONGEST = 2000


def checked(path: str | None) -> str:
    """Return the path if it is one of ours, "" for another site's, or what a browser might take for one."""
    if not path or len(path) > LONGEST or not path.startswith("/") or not path.isprintable():
        return ""
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def keep(request: HttpRequest, path: str | None) -> None:
    """Remember where this visitor is going; what is no path of ours changes nothing."""
    if path := checked(path):
        visitor_store.keep(request, KEY, path)


def take(request: HttpRequest, **query: str) -> str:
    """Return where this visitor was going, "" for nowhere, and forget it; `query` joins its query."""
    path = checked(visitor_store.take(request, KEY))
    return _joined(path, query) if path and query else path


def forget(request: HttpRequest) -> None:
    """Forget where this visitor was going: they are there."""
    visitor_store.forget(request, KEY)


def _joined(path: str, query: dict[str, str]) -> str:
    return f"{path}{'&' if urlsplit(path).query else '?'}{urlencode(query)}"
