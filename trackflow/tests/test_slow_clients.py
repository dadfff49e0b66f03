"""Clients that send a byte at a time, or never read, against the real web server: everybody else is served."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from pytest_django import DjangoDbBlocker

from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import web

PAGE = b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
FORM = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
MANY = 200


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, int]]:
    with (
        django_db_blocker.unblock(),
        test_databases.clone() as database,
        web(test_databases.runtime, database) as address,
    ):
        parts = urlsplit(address)
        yield parts.hostname or "", parts.port or 0


def send(site: tuple[str, int], *pieces: bytes) -> bytes:
    """Send pieces of a request, a little apart; return the first line of the answer, b"" if there was none."""
    with socket.create_connection(site, timeout=30) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(0.05)
        return client.makefile("rb").readline().strip()


@contextmanager
def dripping(site: tuple[str, int], opening: bytes) -> Iterator[None]:
    """Keep many connections open that begin so, and send a byte now and then."""
    is_over = threading.Event()
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(site, timeout=30)) for _ in range(MANY)]
        for client in clients:
            client.sendall(opening)

        def drip() -> None:
            while not is_over.wait(0.5):
                for client in clients:
                    client.send(b"x")

        thread = stack.enter_context(ThreadPoolExecutor(1))
        thread.submit(drip)
        stack.callback(is_over.set)
        yield


@pytest.mark.parametrize(
    "opening", [b"", b"GET / HTTP/1.1\r\nX-Slow: ", FORM], ids=["nothing", "headers", "body"]
)
def test_pages_are_served_while_others_drip(site: tuple[str, int], opening: bytes) -> None:
    with dripping(site, opening):
        time.sleep(1)
        started = time.monotonic()
        with ThreadPoolExecutor(8) as crowd:
            found = Counter(crowd.map(lambda _: send(site, PAGE), range(24)))
        lasted = time.monotonic() - started
    assert found == {b"HTTP/1.1 200 OK": 24}
    assert lasted < 9  # before the first of them is dropped


def test_pages_are_served_while_others_do_not_read(site: tuple[str, int]) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            client.connect(site)
            client.sendall(PAGE * 20)
        time.sleep(1)
        assert send(site, PAGE) == b"HTTP/1.1 200 OK"


def test_slow_request_is_served_like_any_other(site: tuple[str, int]) -> None:
    pieces = [PAGE[start : start + 9] for start in range(0, len(PAGE), 9)]
    assert send(site, *pieces) == b"HTTP/1.1 200 OK"
    assert send(site, FORM, b"login=a" + b"b" * 493, b"c" * 500) == b"HTTP/1.1 403 Forbidden"


def test_connection_is_used_for_several_requests(site: tuple[str, int]) -> None:
    with socket.create_connection(site, timeout=30) as client:
        client.sendall(PAGE + PAGE[:20])
        time.sleep(0.5)
        client.sendall(PAGE[20:])
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 2:
            piece = client.recv(65536)
            assert piece
            received += piece


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 70_000, b"431"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", b"100"),
        (b"POST / HTTP/1.1\r\nContent-Length : 5\r\nContent-Length: x\r\n\r\n", b"400"),
    ],
)
def test_what_cannot_be_collected_is_refused(site: tuple[str, int], request_: bytes, status: bytes) -> None:
    assert send(site, request_).split()[1] == status


def test_who_sends_nothing_is_dropped(site: tuple[str, int]) -> None:
    assert send(site, b"GET / HTTP/1.1\r\n") == b""
