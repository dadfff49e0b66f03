"""What a request that only reads asks for more than once is read once."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")
Handler = Callable[[HttpRequest], HttpResponse]
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


def read_once(get_response: Handler) -> Handler:
    """Middleware: keep what `once` reads until the answer, if the request can change nothing."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        token = _kept.set({})
        try:
            return get_response(request)
        finally:
            _kept.reset(token)

    return handle


def once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returned the first time in this request; outside of one that only reads, ask each time."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found
