"""Where somebody was going when they were sent to set up two-factor sign-in first."""

from django.http import HttpRequest

from accounts import visitor_store
from accounts.return_path import safe_path

KEY = "after_factors"


def begin(request: HttpRequest, path: str | None) -> None:
    """Remember the path; ignores unsafe ones."""
    if path := safe_path(path):
        visitor_store.keep(request, KEY, path)


def destination(request: HttpRequest) -> str:
    """Return where they were going, "" if nowhere."""
    return safe_path(visitor_store.read(request, KEY))


def end(request: HttpRequest) -> str:
    """Return where they were going, and forget it."""
    return safe_path(visitor_store.take(request, KEY))
