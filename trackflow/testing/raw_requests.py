"""Requests as a web server hands them on, past Django's test client, which would never send broken ones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from trackflow.wsgi import application


@dataclass(frozen=True)
class RawResponse:
    """What the web server would send back."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def send(method: str, path: str, body: bytes = b"", query: str = "", **environ: Any) -> RawResponse:
    """Call the WSGI application; `environ` holds headers by their CGI names, such as HTTP_COOKIE and CONTENT_TYPE.

    Raises what the application raises, where a web server would answer with a bare 500.
    """
    begun: dict[str, Any] = {}

    def start_response(
        status: str, headers: list[tuple[str, str]], error: Any = None, /
    ) -> Callable[[bytes], object]:
        begun.update(status=int(status.split()[0]), headers=dict(headers))
        return bytes

    asked = _environ(method, path, body, query) | environ
    with _open_connection():
        response = application(asked, start_response)
        content = b"".join(response)
        if hasattr(response, "close"):
            response.close()
    return RawResponse(begun["status"], begun["headers"], content)


@contextmanager
def _open_connection() -> Iterator[None]:
    """Keep the connection, and with it the transaction around the request, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _environ(method: str, path: str, body: bytes, query: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": StringIO(),
        "wsgi.url_scheme": "http",
    }
