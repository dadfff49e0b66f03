"""Asking other people's servers, safely: for whatever takes an address from a user and must look at it.

Only hosts that the policy admits are asked, and only at public addresses: a name is looked up once, all its
addresses are checked, and the connection goes to a checked address, so no second look-up can lead elsewhere.
The same goes for every redirect. No cookies, no credentials, no referrer, no proxy; TLS is verified. Bodies
are never read.
"""

import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kit.ip_addresses import Address, is_public, read
from kit.wire import Limits, connect, exchange

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRIES = 3
"""To how many of a host's addresses we try to connect."""

_SAFE = "%/:?#[]@!$&'()*+,;=~"
_HOST = re.compile(r"[a-z0-9_.:-]+")
_threads = ThreadPoolExecutor(4, thread_name_prefix="look-up")


class NotAskedError(Exception):
    """The policy forbids it; `host` is whom we did not ask."""

    def __init__(self, reason: str, host: str = "") -> None:
        super().__init__(reason)
        self.host = host


class NoAnswerError(Exception):
    """Asked, but got no HTTP answer that makes sense; the text says why and holds no address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of the last answer, and the address that gave it, which may hold a secret."""

    status: int
    url: str = field(repr=False)
    location: str = field(default="", repr=False)


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Return all addresses of a name. Raises OSError, TimeoutError too, where there are none in time."""
    found = _threads.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found.result(seconds)))


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom to ask, as whom, and how much time and bytes to spend on a question.

    `is_host` gets a lower-case name. The last three fields serve tests with servers on this machine; an
    architecture test sees to it that nothing else sets them.
    """

    is_host: Callable[[str], bool]
    agent: str
    redirects: int = 5
    connect_seconds: float = 4
    read_seconds: float = 5
    total_seconds: float = 10
    most_bytes: int = 64 * 1024
    is_address: Callable[[Address], bool] = is_public
    is_port: Callable[[int], bool] = frozenset(PORTS.values()).__contains__
    look_up: Callable[[str, int, float], list[str]] = look_up


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def netloc(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def ask(method: str, url: str, policy: Policy, **headers: str) -> Answer:
    """Return the first answer that is no redirect; `headers` are added to ours.

    Raises NotAskedError where the policy forbids this address or one it redirects to, NoAnswerError where
    nothing useful comes back in time.
    """
    deadline = monotonic() + policy.total_seconds
    limits = Limits(policy.connect_seconds, policy.read_seconds, deadline, policy.most_bytes)
    target = _target(url, policy)
    for _ in range(policy.redirects + 1):
        answer = _answer(method, target, policy, limits, headers)
        if answer.status not in REDIRECTS or not answer.location:
            return answer
        target = _next(target, answer.location, policy)
    raise NoAnswerError("too many redirects")


def _answer(method: str, target: _Target, policy: Policy, limits: Limits, more: dict[str, str]) -> Answer:
    headers = {
        "Host": target.netloc,
        "User-Agent": policy.agent,
        "Accept": "*/*",
        "Connection": "close",
        **more,
    }
    try:
        addresses = _addresses(target, policy, limits)
        with (
            closing(_connected(addresses, target, limits)) as sock,
            closing(exchange(sock, method, target.path, headers, limits)) as head,
        ):
            return Answer(head.status, str(target), head.getheader("Location") or "")
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(type(error).__name__) from None


def _addresses(target: _Target, policy: Policy, limits: Limits) -> list[Address]:
    """Return the host's addresses, all of them checked."""
    names = policy.look_up(target.host, target.port, limits.wait(limits.connect_seconds))
    addresses = [read(name) for name in names]
    if not addresses:
        raise OSError("no address")
    if not all(map(policy.is_address, addresses)):
        raise NotAskedError("not a public address", target.host)
    return addresses[:TRIES]


def _connected(addresses: list[Address], target: _Target, limits: Limits) -> socket.socket:
    """Return a connection to the first address that takes one."""
    tls_name = target.host if target.scheme == "https" else ""
    for address in addresses[:-1]:
        try:
            return connect(address, target.port, tls_name=tls_name, limits=limits)
        except OSError:
            continue
    return connect(addresses[-1], target.port, tls_name=tls_name, limits=limits)


def _next(target: _Target, location: str, policy: Policy) -> _Target:
    """Return where a redirect leads; a step from https down to http is not taken."""
    try:
        # http.client reads headers as Latin-1; what is not ASCII in an address goes as percent signs
        url = urljoin(str(target), quote(location.encode("latin-1"), safe=_SAFE))
    except ValueError:
        raise NoAnswerError("malformed redirect") from None
    found = _target(url, policy)
    if target.scheme == "https" and found.scheme == "http":
        raise NotAskedError("redirect from https to http", found.host)
    return found


def _target(url: str, policy: Policy) -> _Target:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAskedError("malformed address") from None
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in PORTS or not _HOST.fullmatch(host) or "@" in parts.netloc:
        raise NotAskedError("malformed address, or not http")
    target = _Target(parts.scheme, host, port or PORTS[parts.scheme], _path(parts))
    if not policy.is_host(host):
        raise NotAskedError("not a host we ask", host)
    if not policy.is_port(target.port):
        raise NotAskedError("not a port we ask", host)
    return target


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
