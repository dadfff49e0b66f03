"""TLS is verified, whatever address we connect to."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kit import wire
from kit.http import Answer, NoAnswerError, NotAskedError, ask
from kit.tests.hosts import BadHost, bad_host, local_policy


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
