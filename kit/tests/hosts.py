"""A web server on this machine that behaves as badly as asked to."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kit.http import Policy

NAP = 0.1


@dataclass
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class BadHost:
    """The server: where it listens, what it was asked, and how a path answers."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    scripts: dict[str, Callable[["Visit"], None]] = field(default_factory=dict)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def naps(self) -> Iterator[None]:
        """Go on for ever in small steps, or until the server stops."""
        while not self.stopped.wait(NAP):
            yield


class Visit(BaseHTTPRequestHandler):
    """One connection; the path says how to answer."""

    host: BadHost

    def handle_one_request(self) -> None:
        with suppress(OSError):
            super().handle_one_request()

    def log_message(self, format: str, *args: Any) -> None: ...  # the base class's name for it

    def do_HEAD(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.host.asked.append(Asked(self.command, self.path, dict(self.headers.items()), body))
        name, _, rest = self.path.lstrip("/").partition("?")[0].partition("/")
        if name in self.host.scripts:
            self.host.scripts[name](self)
        elif name.isdigit():
            self.say(int(name))
        else:
            getattr(self, f"be_{name}")(rest)

    do_GET = do_POST = do_HEAD  # noqa: N815  # http.server's name for it

    def say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def raw(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()

    def be_to(self, address: str) -> None:
        """/to/<address>: redirect there."""
        self.say(302, Location=address)

    def be_down(self, steps: str) -> None:
        """/down/<n>: that many redirects, then 200."""
        self.say(302, Location=f"/down/{int(steps) - 1}") if int(steps) else self.say(200)

    def be_round(self, rest: str) -> None:
        self.say(302, Location="/round")

    def be_nowhere(self, rest: str) -> None:
        self.say(302)

    def be_umlaut(self, rest: str) -> None:
        self.raw("HTTP/1.1 302 Found\r\nLocation: /200/müde bär\r\nContent-Length: 0\r\n\r\n".encode())

    def be_headless(self, status: str) -> None:
        """/headless/<status>: HEAD is refused so, GET is fine."""
        self.say(int(status) if self.command == "HEAD" else 200)

    def be_shy(self, rest: str) -> None:
        """HEAD ends without a word, GET is fine."""
        if self.command == "GET":
            self.say(200)

    def be_closed(self, rest: str) -> None: ...

    def be_mute(self, rest: str) -> None:
        for _ in self.host.naps():
            pass

    def be_dripping(self, rest: str) -> None:
        """Headers, a line at a time, each sooner than any read times out."""
        self.raw(b"HTTP/1.1 200 OK\r\n")
        for _ in self.host.naps():
            self.raw(b"X-Drip: drop\r\n")

    def be_slow(self, rest: str) -> None:
        """A body, byte by byte."""
        self.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        for _ in self.host.naps():
            self.raw(b".")

    def be_endless(self, rest: str) -> None:
        self.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self.host.stopped.is_set():
            self.raw(b"400\r\n" + b"." * 1024 + b"\r\n")

    def be_big(self, rest: str) -> None:
        """Few headers, but megabytes of them."""
        self.raw(
            b"HTTP/1.1 200 OK\r\n"
            + b"".join(b"X-%d: " % n + b"." * 60_000 + b"\r\n" for n in range(50))
            + b"\r\n"
        )

    def be_many(self, rest: str) -> None:
        self.raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n")

    def be_hinting(self, rest: str) -> None:
        """100 Continue, for ever."""
        while not self.host.stopped.is_set():
            self.raw(b"HTTP/1.1 100 Continue\r\n\r\n")

    def be_garbage(self, rest: str) -> None:
        self.raw(b"\x00\xff\xfe SSH-2.0-what?\r\n\r\n" * 9)

    def be_cookie(self, rest: str) -> None:
        self.say(302, Location="/200", **{"Set-Cookie": "session=1; Path=/"})


@contextmanager
def bad_host(tls: ssl.SSLContext | None = None) -> Iterator[BadHost]:
    """Serve on 127.0.0.1 until the block ends, with TLS where its context is given."""
    visit: Any = type("Visit", (Visit,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), visit)
    server.daemon_threads, server.block_on_close = True, False
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    host = visit.host = BadHost(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def local_policy(**changes: Any) -> Policy:
    """Return a policy that lets us ask this machine, in haste."""
    given: dict[str, Any] = {
        "is_host": lambda host: True,
        "agent": "Test",
        "connect_seconds": 1,
        "read_seconds": 0.4,
        "total_seconds": 1.2,
        "is_address": lambda address: address.is_loopback,
        "is_port": lambda port: True,
    }
    return Policy(**{**given, **changes})
