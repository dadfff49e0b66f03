"""A local server that speaks a source's protocol, and fails as told. For tests of every app that asks sources."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import parse_qs

from kit.urls import split_url

NAP = 0.1


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it, and when (monotonic clock)."""

    method: str
    path: str
    params: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    at: float


@dataclass(frozen=True)
class Reply:
    """An answer: JSON (or bytes as they are), status and headers."""

    content: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class LocalSource:
    """A server: what it was asked, and what goes wrong with the next requests, one fault each."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    faults: "deque[Fault]" = field(default_factory=deque)
    stopped: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def fail(self, *faults: "Fault") -> None:
        """Let the next requests end so."""
        self.faults.extend(faults)

    def reply(self, asked: Asked) -> Reply:
        """Answer as the source does; each kind of server says how."""
        raise NotImplementedError

    def settings(self) -> dict[str, dict[str, Any]]:
        """Return what `settings.SOURCES` has to say for this server to be asked."""
        raise NotImplementedError


class Visit(BaseHTTPRequestHandler):
    """One request to a local source."""

    source: LocalSource

    def handle_one_request(self) -> None:
        with suppress(OSError):
            super().handle_one_request()

    def log_message(self, format: str, *args: Any) -> None: ...  # the base class's name for it

    def do_GET(self) -> None:
        parts = split_url(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        form = {name: values[-1] for name, values in parse_qs(body).items()}
        asked = Asked(self.command, parts.path, told, form, dict(self.headers.items()), monotonic())
        self.source.asked.append(asked)
        if self.source.faults:
            self.source.faults.popleft()(self)
        else:
            self.send(self.source.reply(asked))

    do_POST = do_GET  # noqa: N815  # http.server's name for it

    def send(self, reply: Reply) -> None:
        is_raw = isinstance(reply.content, bytes)
        body = reply.content if is_raw else json.dumps(reply.content).encode()
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.raw(body)

    def raw(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()

    def naps(self) -> Iterator[None]:
        """Go on for ever in small steps, or until the server stops."""
        while not self.source.stopped.wait(NAP):
            yield


Fault = Callable[[Visit], None]
S = TypeVar("S", bound=LocalSource)


@contextmanager
def served(source: S) -> Iterator[S]:
    """Serve a source on 127.0.0.1 until the block ends."""
    visit: Any = type("Visit", (Visit,), {"source": source})
    server = ThreadingHTTPServer(("127.0.0.1", 0), visit)
    server.daemon_threads, server.block_on_close = True, False
    source.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield source
    finally:
        source.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
