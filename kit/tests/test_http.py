"""Asking a real server on this machine, with every kind of answer; and whom we do not ask."""

import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from kit import wire
from kit.http import Answer, NoAnswerError, NotAskedError, Policy, ask
from kit.tests.hosts import BadHost, Visit, bad_host, local_policy


@pytest.fixture(scope="module")
def running() -> Iterator[BadHost]:
    with bad_host() as host:
        yield host


@pytest.fixture
def host(running: BadHost) -> BadHost:
    running.asked.clear()
    return running


def get(host: BadHost, path: str, **changes: Any) -> Answer:
    return ask("GET", host.url(path), local_policy(**changes))


@pytest.mark.parametrize("status", [200, 204, 206, 304, 401, 403, 404, 405, 410, 416, 429, 451, 500, 503])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_status_is_told(host: BadHost, method: str, status: int) -> None:
    assert ask(method, host.url(f"/{status}"), local_policy()).status == status


def test_request_says_who_we_are_and_nothing_else(host: BadHost) -> None:
    ask("GET", host.url("/200/a?b=c#d"), local_policy(agent="Trackflow (+http://x)"), Range="bytes=0-0")
    (asked,) = host.asked
    assert (asked.method, asked.path) == ("GET", "/200/a?b=c")
    assert asked.headers == {
        "Host": f"127.0.0.1:{host.port}",
        "User-Agent": "Trackflow (+http://x)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Range": "bytes=0-0",
    }


def test_redirect_is_followed_without_cookies_or_referrer(host: BadHost) -> None:
    answer = get(host, "/cookie")
    assert (answer.status, answer.url) == (200, host.url("/200"))
    assert [each.path for each in host.asked] == ["/cookie", "/200"]
    assert not {"Cookie", "Referer", "Authorization"} & {*host.asked[-1].headers}


def test_five_redirects_are_followed_and_no_sixth(host: BadHost) -> None:
    assert get(host, "/down/5").status == 200
    with pytest.raises(NoAnswerError, match="too many redirects"):
        get(host, "/down/6")
    host.asked.clear()
    with pytest.raises(NoAnswerError, match="too many redirects"):
        get(host, "/round")
    assert len(host.asked) == 6


def test_redirect_to_nowhere_is_an_answer(host: BadHost) -> None:
    assert get(host, "/nowhere").status == 302


def test_redirect_in_other_letters_is_followed(host: BadHost) -> None:
    assert get(host, "/umlaut").status == 200
    assert host.asked[-1].path == "/200/m%C3%BCde%20b%C3%A4r"


@pytest.mark.parametrize("path", ["closed", "garbage", "big", "many", "hinting", "mute", "dripping"])
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_nonsense_is_no_answer_and_ends_in_time(host: BadHost, method: str, path: str) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError):
        ask(method, host.url(f"/{path}"), local_policy())
    assert monotonic() - begun < 2


@pytest.mark.parametrize("path", ["slow", "endless"])
def test_body_is_left_unread(host: BadHost, path: str) -> None:
    begun = monotonic()
    assert get(host, f"/{path}").status == 200
    assert monotonic() - begun < 0.3


def test_all_redirects_share_one_time(host: BadHost) -> None:

    def lazy(visit: Visit) -> None:
        next(host.naps())
        visit.say(302, Location="/lazy")

    host.scripts["lazy"] = lazy
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        get(host, "/lazy", redirects=1000)
    assert 1 < monotonic() - begun < 1.6


def test_dripping_is_cut_by_the_whole_time_not_by_each_wait(host: BadHost) -> None:
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        get(host, "/dripping")
    assert monotonic() - begun > 1


def test_error_tells_no_address(host: BadHost) -> None:
    with pytest.raises(NoAnswerError) as caught:
        get(host, "/closed?secret=s-TOKEN")
    assert "s-TOKEN" not in str(caught.value)
    assert "s-TOKEN" not in repr(get(host, "/200?secret=s-TOKEN"))


def test_nobody_listening_is_no_answer() -> None:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    with pytest.raises(NoAnswerError, match="ConnectionRefusedError"):
        ask("GET", f"http://127.0.0.1:{port}/", local_policy())


def test_unknown_name_is_no_answer() -> None:
    with pytest.raises(NoAnswerError):
        ask("GET", "http://nobody.invalid/", local_policy())
    with pytest.raises(NoAnswerError, match="OSError"):
        ask("GET", "http://soundcloud.com/", local_policy(look_up=lambda *_: []))


def test_slow_look_up_ends_in_time(monkeypatch: pytest.MonkeyPatch, host: BadHost) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [next(host.naps()) for _ in range(9)] and [])
    begun = monotonic()
    with pytest.raises(NoAnswerError, match="TimeoutError"):
        ask("GET", "http://soundcloud.com/", local_policy(connect_seconds=0.3))
    assert monotonic() - begun < 0.8


# Whom we do not ask


def production(**changes: Any) -> Policy:
    """The policy as it is in earnest, but for the host names."""
    return Policy(**{"is_host": lambda host: True, "agent": "Test", **changes})


@pytest.mark.parametrize("name", ["127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]", "0.1.2.3"])
def test_this_machine_is_not_asked(name: str) -> None:
    with pytest.raises((NotAskedError, NoAnswerError)) as caught:
        ask("GET", f"http://{name}/", production())
    assert str(caught.value) in ("not a public address", "gaierror")


def test_one_private_address_among_public_ones_is_enough() -> None:
    found = ["93.184.215.14", "10.0.0.7"]
    with pytest.raises(NotAskedError, match="not a public address") as caught:
        ask("GET", "https://soundcloud.com/", production(look_up=lambda *_: found))
    assert caught.value.host == "soundcloud.com"


def test_redirect_to_private_address_is_not_followed(host: BadHost) -> None:
    policy = local_policy(is_address=lambda address: str(address) == "127.0.0.1")
    for place in (host.url("/200", "127.0.0.2"), "http://169.254.169.254/latest/meta-data/", "http://[::1]/"):
        host.asked.clear()
        with pytest.raises(NotAskedError, match="not a public address"):
            ask("GET", host.url(f"/to/{place}"), policy)
        assert len(host.asked) == 1


def test_redirect_to_foreign_host_is_not_followed(host: BadHost) -> None:
    policy = local_policy(is_host=lambda name: name == "127.0.0.1")
    for place in ("http://elsewhere.example/", "//elsewhere.example/x", "https://elsewhere.example:444/"):
        with pytest.raises(NotAskedError, match="not a host we ask") as caught:
            ask("GET", host.url(f"/to/{place}"), policy)
        assert caught.value.host == "elsewhere.example"


@pytest.mark.parametrize(
    "place",
    ["ftp://127.0.0.1/", "file:///etc/passwd", "javascript:alert(1)", "gopher://127.0.0.1:6379/_x",
     "http://a:b@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/", "http://so%75nd.com/", "//x%20y/"],
)  # fmt: skip
def test_redirect_to_another_kind_of_address_is_not_followed(host: BadHost, place: str) -> None:
    with pytest.raises((NotAskedError, NoAnswerError), match="malformed"):
        ask("GET", host.url(f"/to/{place}"), local_policy())
    assert len(host.asked) == 1


@pytest.mark.parametrize("url", ["http://soundcloud.com:22/", "https://soundcloud.com:8443/"])
def test_other_port_is_not_asked(url: str) -> None:
    with pytest.raises(NotAskedError, match="not a port"):
        ask("GET", url, production())


def test_name_is_looked_up_once_and_that_address_is_asked(host: BadHost) -> None:
    """A name that points elsewhere the second time (DNS rebinding) gains nothing."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    policy = local_policy(look_up=lambda *_: next(answers))
    assert ask("GET", host.url("/200", "soundcloud.com"), policy).status == 200
    assert host.asked[0].headers["Host"] == f"soundcloud.com:{host.port}"
    assert next(answers) == ["10.0.0.1"]


def test_next_address_is_tried_when_one_takes_no_connection(host: BadHost) -> None:
    found = ["127.0.0.9", "127.0.0.8", "127.0.0.1"]
    assert (
        ask("GET", host.url("/200", "soundcloud.com"), local_policy(look_up=lambda *_: found)).status == 200
    )


def test_proxies_of_the_environment_are_left_alone(host: BadHost, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert get(host, "/200").status == 200


def test_guard_is_let_go_in_tests_alone() -> None:
    """The fields that let this machine be asked are set by no code of ours, and by no setting."""
    lax = re.compile(r"\b(is_address|is_port|look_up)\s*=(?!=)")
    sources = (path for path in Path(settings.BASE_DIR).glob("*/**/*.py") if ".venv" not in path.parts)
    found = {str(path.relative_to(settings.BASE_DIR)) for path in sources if lax.search(path.read_text())}
    assert all("/tests/" in name for name in found), found


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own making, for soundcloud.com."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("soundcloud.com")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "host.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tls_host(certificate: Path) -> Iterator[BadHost]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with bad_host(context) as host:
        yield host


def https(host: BadHost, name: str, path: str = "/200") -> Answer:
    policy = local_policy(look_up=lambda *_: ["127.0.0.1"])
    return ask("GET", f"https://{name}:{host.port}{path}", policy)


def test_unknown_certificate_is_no_answer(tls_host: BadHost) -> None:
    with pytest.raises(NoAnswerError, match="SSLCertVerificationError"):
        https(tls_host, "soundcloud.com")
    assert tls_host.asked == []


def test_certificate_must_be_the_names(
    tls_host: BadHost, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TLS", ssl.create_default_context(cafile=str(certificate)))
    assert https(tls_host, "soundcloud.com").status == 200
    with pytest.raises(NoAnswerError, match="SSLCertVerificationError"):
        https(tls_host, "vimeo.com")


def test_redirect_down_to_plain_http_is_not_followed(
    tls_host: BadHost, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TLS", ssl.create_default_context(cafile=str(certificate)))
    with pytest.raises(NotAskedError, match="from https to http"):
        https(tls_host, "soundcloud.com", "/to/http://soundcloud.com/200")


def test_host_that_never_shakes_hands_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        begun = monotonic()
        with pytest.raises(NoAnswerError, match="TimeoutError"):
            ask("GET", url, local_policy(connect_seconds=0.4))
    assert monotonic() - begun < 1.5
