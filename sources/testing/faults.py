"""Ways in which a source fails, for `LocalSource.fail`."""

import gzip
from typing import Any

from sources.testing.server import Fault, Reply, Visit

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def status(number: int, content: Any = None, **headers: str) -> Fault:
    """Answer with a status and headers (`Retry_After="5"`)."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda visit: visit.send(Reply({} if content is None else content, number, told))


def says(content: Any) -> Fault:
    """Answer 200 with some JSON, or with bytes as they are."""
    return lambda visit: visit.send(Reply(content))


def empty(visit: Visit) -> None:
    visit.send(Reply(b""))


def hangs_up(visit: Visit) -> None: ...


def mute(visit: Visit) -> None:
    for _ in visit.naps():
        pass


def drips(visit: Visit) -> None:
    """A body that comes byte by byte and never ends."""
    visit.raw(HEAD + b"Content-Length: 1000000\r\n\r\n")
    for _ in visit.naps():
        visit.raw(b" ")


def cut_off(visit: Visit) -> None:
    visit.raw(HEAD + b'Content-Length: 1000\r\n\r\n{"title": "Ni')


def huge(visit: Visit) -> None:
    """A body without end, as fast as it is read."""
    visit.raw(HEAD + b"\r\n[")
    while not visit.source.stopped.is_set():
        visit.raw(b"1," * 50_000)


def bomb(visit: Visit) -> None:
    """A hundred megabytes, packed into a hundred kilobytes."""
    packed = gzip.compress(bytes(100_000_000), compresslevel=1)
    visit.send(Reply(packed, headers={"Content-Encoding": "gzip"}))


def elsewhere(visit: Visit) -> None:
    visit.send(Reply({}, 302, {"Location": "http://elsewhere.example/"}))


NONSENSE = (
    b"<html>Busy</html>",
    b'{"title": ',
    b"\xff\xfe",
    b"NaN",
    b"1e999",
    b"[" * 5000 + b"]" * 5000,
    b'{"a":' * 60 + b"1" + b"}" * 60,
    b"null",
    b'"Night"',
    b"[]",
    b"{}",
)
"""Bodies that no source means."""
