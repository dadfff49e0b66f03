"""Gunicorn's threaded worker, but that a request gets a thread only once it has arrived whole.

Without that, a client that sends a byte a second holds a thread for as long as it likes, and a few of them hold all.
"""

import re
import selectors
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
WITHOUT_LENGTH = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
EXPECTS_CONTINUE = re.compile(rb"^expect:[ \t]*100-continue", re.IGNORECASE | re.MULTILINE)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSAL = "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
LONGEST_HEADERS, LARGEST, MOST_WAITING = 64 * 1024, 32_000_000, 128_000_000
"""Bytes: of a request's headers, of a request, and of all requests on their way to one process."""
HEADERS_TIME, SLOWEST, ANSWER_TIME = 10, 10_000, 10
"""Seconds for the headers; bytes a second that a body must bring; seconds in which a client must take some answer."""


@dataclass(eq=False)
class Arrival:
    """A request on its way."""

    conn: TConn
    received: bytearray = field(default_factory=bytearray)
    length: int | None = None
    """Of the whole request, known once its headers are there."""
    deadline: float = field(default_factory=lambda: time.monotonic() + HEADERS_TIME)

    @property
    def is_whole(self) -> bool:
        return self.length is not None and len(self.received) >= self.length

    def read_headers(self) -> str:
        """Set the length if all headers are there; return the status to refuse the request with, if any."""
        end = self.received.find(END_OF_HEADERS)
        if end < 0:
            return "431 Request Header Fields Too Large" if len(self.received) > LONGEST_HEADERS else ""
        headers = bytes(self.received[:end])
        if WITHOUT_LENGTH.search(headers):
            return "411 Length Required"
        body = max((int(found) for found in LENGTH.findall(headers)), default=0)
        if body > LARGEST:
            return "413 Content Too Large"
        self.length = end + len(END_OF_HEADERS) + body
        self.deadline += body / SLOWEST
        if EXPECTS_CONTINUE.search(headers) and not self.is_whole:
            with suppress(OSError):  # who has gone is noticed when read from
                self.conn.sock.send(CONTINUE)
        return ""


class BufferingWorker(ThreadWorker):
    """Collects requests on the main thread, where waiting costs nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arrivals: dict[TConn, Arrival] = {}
        self._next_look = 0.0

    def enqueue_req(self, conn: TConn) -> None:
        """Collect the request of a connection that was opened, has data again, or has sent more than one request."""
        arrival = self._arrivals[conn] = Arrival(conn)
        if conn.parser:
            arrival.received += conn.parser.unreader.take_buffered()
        else:
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", ANSWER_TIME, 0))
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, arrival))
        if len(self._arrivals) > self.worker_connections * 3 // 4:
            self._drop(next(iter(self._arrivals.values())))
        if arrival.received:
            self._go_on(arrival)

    def _receive(self, arrival: Arrival, _: socket.socket) -> None:
        if self._arrivals.get(arrival.conn) is not arrival:  # dropped a moment ago
            return
        try:
            data = arrival.conn.sock.recv(256 * 1024)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(arrival)
            return
        arrival.received += data if arrival.received else data.lstrip(b"\r\n")
        self._go_on(arrival)

    def _go_on(self, arrival: Arrival) -> None:
        """Give a request that is whole to a thread, and refuse one that is too large."""
        refusal = arrival.read_headers() if arrival.length is None else ""
        if not refusal and sum(len(each.received) for each in self._arrivals.values()) > MOST_WAITING:
            refusal = "503 Service Unavailable"
        if refusal:
            self._drop(arrival, REFUSAL.format(refusal).encode())
        elif arrival.is_whole:
            self._forget(arrival)
            arrival.conn.init()
            arrival.conn.parser.unreader.unread(bytes(arrival.received))
            arrival.conn.data_ready = True
            super().enqueue_req(arrival.conn)

    def _drop(self, arrival: Arrival, answer: bytes = b"") -> None:
        """Close a connection, with an answer if there is one; nobody waits for it to be read."""
        self._forget(arrival)
        self.nr_conns -= 1
        if answer:
            with suppress(OSError):
                arrival.conn.sock.send(answer)
        arrival.conn.close()

    def _forget(self, arrival: Arrival) -> None:
        del self._arrivals[arrival.conn]
        self.poller.unregister(arrival.conn.sock)

    def murder_pending(self) -> None:
        """Drop what takes too long; a worker that stops waits for nothing that has not begun. Gunicorn calls it so."""
        super().murder_pending()
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + 1
        for each in list(self._arrivals.values()):
            if now > each.deadline or not (self.alive or each.received):
                self._drop(each)
