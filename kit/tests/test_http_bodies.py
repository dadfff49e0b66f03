"""Bodies read from hosts that settings name, on a real server with every kind of answer."""

import gzip
import re
import socket
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.conf import settings

from kit import wire
from kit.http import NoAnswerError, NotAskedError
from kit.http_bodies import Hosts, Response, fetch
from kit.tests.hosts import BadHost, bad_host
from kit.tests.test_http_tls import certificate, tls_host

assert certificate, tls_host  # fixtures

SECRET = "s-TOKEN"


@pytest.fixture(scope="module")
def running() -> Iterator[BadHost]:
    with bad_host() as host:
        yield host


@pytest.fixture
def host(running: BadHost) -> BadHost:
    running.asked.clear()
    running.scripts.clear()
    return running


def named(host: BadHost, **changes: Any) -> Hosts:
    limits = {"connect_seconds": 1, "read_seconds": 0.4, "total_seconds": 1.2, "most_bytes": 10_000}
    return Hosts.of([host.url("")], "Test", **limits | changes)


def get(host: BadHost, path: str, **changes: Any) -> Response:
    return fetch("GET", host.url(path), named(host, **changes))


def answer(host: BadHost, content: bytes, *lines: str, length: int | None = None) -> None:
    """Let /it answer so, byte for byte."""
    told = [f"Content-Length: {len(content) if length is None else length}", *lines]
    head = "\r\n".join(["HTTP/1.1 200 OK", *(line for line in told if line), "", ""])
    host.scripts["it"] = lambda visit: visit.raw(head.encode() + content)


def test_body_and_headers_are_told(host: BadHost) -> None:
    answer(host, b'{"a": 1}', "Retry-After: 5")
    found = get(host, "/it")
    assert (found.status, found.body, found.headers["retry-after"]) == (200, b'{"a": 1}', "5")


def test_form_and_json_are_posted(host: BadHost) -> None:
    fetch("POST", host.url("/200"), named(host), form={"a": "ü & b"}, headers={"Authorization": "Basic x"})
    fetch("POST", host.url("/200"), named(host), data={"a": ["ü"]})
    form, data = host.asked
    assert (form.method, form.body) == ("POST", b"a=%C3%BC+%26+b")
    assert form.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert form.headers["Authorization"] == "Basic x"
    assert (data.body, data.headers["Content-Type"]) == (b'{"a": ["\\u00fc"]}', "application/json")


@pytest.mark.parametrize("status", [200, 204, 304, 400, 401, 404, 429, 503])
def test_every_status_is_told(host: BadHost, status: int) -> None:
    assert get(host, f"/{status}").status == status


def test_packed_body_is_unpacked(host: BadHost) -> None:
    answer(host, gzip.compress(b"night" * 100), "Content-Encoding: gzip")
    assert get(host, "/it").body == b"night" * 100
    assert host.asked[0].headers["Accept-Encoding"] == "gzip"


def test_packed_bomb_is_refused_before_it_fills_memory(host: BadHost) -> None:
    answer(host, gzip.compress(bytes(100_000_000)), "Content-Encoding: gzip")
    tracemalloc.start()
    with pytest.raises(NoAnswerError, match="ResponseTooLargeError"):
        get(host, "/it", most_bytes=200_000)
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("length", [None, 10**15, -1])
def test_body_over_the_limit_is_refused(host: BadHost, length: int | None) -> None:
    answer(host, b"." * 10_001, length=length)
    with pytest.raises(NoAnswerError, match="ResponseTooLargeError"):
        get(host, "/it")
    answer(host, b"." * 10_000)
    assert len(get(host, "/it").body) == 10_000


@pytest.mark.parametrize(
    ("content", "lines", "length"),
    [
        (b"half", (), 100),
        (gzip.compress(b"night" * 99, mtime=0)[:20], ("Content-Encoding: gzip",), None),
        (b"4\r\nhalf\r\n", ("Transfer-Encoding: chunked",), None),
        (b"40\r\nhalf", ("Transfer-Encoding: chunked",), None),
        (b"zz\r\nhalf", ("Transfer-Encoding: chunked",), None),
        (b"not packed", ("Content-Encoding: gzip",), None),
        (b"\x1b\x00", ("Content-Encoding: br",), None),
    ],
)
def test_half_a_body_is_no_answer(
    host: BadHost, content: bytes, lines: tuple[str, ...], length: int | None
) -> None:
    answer(host, content, *lines, length=length)
    with pytest.raises(NoAnswerError):
        get(host, "/it")


@pytest.mark.parametrize("path", ["closed", "garbage", "big", "many", "hinting", "mute", "dripping", "slow"])
def test_nonsense_is_no_answer_and_ends_in_time(host: BadHost, path: str) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError):
        get(host, f"/{path}")
    assert monotonic() - begun < 1.6


def test_endless_body_is_refused(host: BadHost) -> None:
    with pytest.raises(NoAnswerError, match="ResponseTooLargeError"):
        get(host, "/endless")


def test_dripping_body_is_cut_by_the_whole_time(host: BadHost) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        get(host, "/slow")
    assert 1 < monotonic() - begun < 1.6


def test_redirect_within_the_host_is_followed(host: BadHost) -> None:
    assert get(host, "/down/3").status == 200
    with pytest.raises(NoAnswerError, match="too many redirects"):
        get(host, "/down/4")


def test_redirect_elsewhere_is_not_followed(host: BadHost) -> None:
    for place in (
        "http://elsewhere.example/",
        host.url("/200", "127.0.0.2"),
        f"http://127.0.0.1:{host.port + 1}/",
        "file:///etc/passwd",
        f"http://me:pass@127.0.0.1:{host.port}/",
    ):
        host.asked.clear()
        with pytest.raises((NotAskedError, NoAnswerError)):
            get(host, f"/to/{place}")
        assert len(host.asked) == 1


def test_redirect_of_a_post_is_not_followed(host: BadHost) -> None:
    with pytest.raises(NoAnswerError, match="redirect of a post"):
        fetch("POST", host.url("/down/1"), named(host), form={"secret": SECRET})
    assert len(host.asked) == 1


def test_redirect_to_another_named_host_is_followed(host: BadHost) -> None:
    both = Hosts.of([host.url(""), host.url("", "127.0.0.2")], "Test")
    with pytest.raises(NoAnswerError, match="ConnectionRefusedError"):
        fetch("GET", host.url(f"/to/{host.url('/200', '127.0.0.2')}"), both)


def test_other_hosts_are_not_asked(host: BadHost) -> None:
    hosts = Hosts.of(["https://i.scdn.co/image", "https://*.archive.org"], "Test")
    for url in (
        "http://i.scdn.co/",
        "https://i.scdn.co:444/",
        "https://archive.org.example/",
        "https://archive.org/",
        "https://a.b.archive.org/",
        "https://xarchive.org/",
        host.url("/200"),
        "http://[::1",
    ):
        with pytest.raises(NotAskedError):
            fetch("GET", url, hosts)
    assert hosts.origins == {"https://i.scdn.co", "https://*.archive.org"}
    assert host.asked == []


def test_error_and_answer_tell_no_secret(host: BadHost) -> None:
    answer(host, SECRET.encode(), f"X-Echo: {SECRET}")
    assert SECRET not in repr(get(host, f"/it?key={SECRET}"))
    with pytest.raises(NoAnswerError) as caught:
        get(host, f"/closed?key={SECRET}")
    assert SECRET not in str(caught.value)


def test_nobody_listening_is_no_answer() -> None:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{plug.getsockname()[1]}/"
    with pytest.raises(NoAnswerError, match="ConnectionRefusedError"):
        fetch("GET", url, Hosts.of([url], "Test"))


def test_certificate_is_verified(
    tls_host: BadHost, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://localhost:{tls_host.port}/200"
    with pytest.raises(NoAnswerError, match="SSLCertVerificationError"):
        fetch("GET", url, Hosts.of([url], "Test"))
    trusting = wire.ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(wire, "TLS", trusting)
    with pytest.raises(NoAnswerError, match="SSLCertVerificationError"):  # it is soundcloud.com's
        fetch("GET", url, Hosts.of([url], "Test"))
    trusting.check_hostname = False
    assert fetch("GET", url, Hosts.of([url], "Test")).status == 200


def test_redirect_from_https_to_http_is_not_followed(
    tls_host: BadHost, host: BadHost, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = wire.ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    monkeypatch.setattr(wire, "TLS", trusting)
    url = f"https://127.0.0.1:{tls_host.port}/to/{host.url('/200')}"
    with pytest.raises(NotAskedError, match="redirect from https"):
        fetch("GET", url, Hosts.of([url, host.url("")], "Test"))


def test_bodies_are_read_for_sources_alone() -> None:
    """Links that users typed are asked by `kit.http`, which reads no body."""
    ours = (path for path in Path(settings.BASE_DIR).glob("*/**/*.py") if ".venv" not in path.parts)
    found = {
        path.relative_to(settings.BASE_DIR).parts[0]
        for path in ours
        if re.search(r"\bhttp_bodies\b", path.read_text())
    }
    assert found <= {"kit", "sources"}
