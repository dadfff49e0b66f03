"""Outgoing HTTP to URLs that users typed, safe from SSRF.

Only hosts that the policy allows are asked, and only at public IP addresses: a name is resolved once, all its
addresses are checked, and the connection goes to a checked address, so DNS rebinding has no effect. The same
holds for every redirect. No cookies, credentials, referrer or proxy; TLS is verified; bodies are never read.
"""

import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from time import monotonic
from urllib.parse import SplitResult, quote, urljoin

from kit.ip_addresses import Address, is_public, read
from kit.urls import split_url
from kit.wire import Limits, connect, exchange

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRIES = 3
"""How many of a host's addresses to try."""

_SAFE = "%/:?#[]@!$&'()*+,;=~"
_HOST = re.compile(r"[a-z0-9_.:-]+")
_threads = ThreadPoolExecutor(4, thread_name_prefix="look-up")


class NotAskedError(Exception):
    """The policy forbids this request; `host` is the host not asked."""

    def __init__(self, reason: str, host: str = "") -> None:
        super().__init__(reason)
        self.host = host


class NoAnswerError(Exception):
    """No usable HTTP answer; the message says why and holds no URL."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and redirect target of the last response, and its URL, which may hold a secret."""

    status: int
    url: str = field(repr=False)
    location: str = field(default="", repr=False)


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """Return all IP addresses of a name. Raises OSError (TimeoutError included) if none come in time."""
    found = _threads.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found.result(seconds)))


@dataclass(frozen=True, slots=True)
class Policy:
    """Which hosts may be asked, the user agent, and limits of time (seconds) and bytes per request.

    `is_host` gets a lower-case name. The last three fields are for tests with local servers; an architecture
    test checks that nothing else sets them.
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
class Target:
    """A URL taken apart, its path with the query."""

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
    """Return the first response that is not a redirect; `headers` are added to the request.

    Raises NotAskedError if the policy forbids this URL or a redirect, NoAnswerError if no usable answer comes
    in time.
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


def ask_once(method: str, url: str, policy: Policy) -> Answer:
    """Return the response to one request; a redirect is not followed, its `location` is made absolute.

    Raises as `ask` does. Where the redirect leads is not checked: ask again, or do not.
    """
    limits = Limits(
        policy.connect_seconds, policy.read_seconds, monotonic() + policy.total_seconds, policy.most_bytes
    )
    target = _target(url, policy)
    answer = _answer(method, target, policy, limits, {})
    is_redirect = answer.status in REDIRECTS and answer.location
    return replace(answer, location=absolute(target, answer.location) if is_redirect else "")


def _answer(method: str, target: Target, policy: Policy, limits: Limits, more: dict[str, str]) -> Answer:
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
            closing(connect_first(addresses, target, limits)) as sock,
            closing(exchange(sock, method, target.path, headers, limits)) as head,
        ):
            return Answer(head.status, str(target), head.getheader("Location") or "")
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(type(error).__name__) from None


def _addresses(target: Target, policy: Policy, limits: Limits) -> list[Address]:
    """Return the host's addresses, at most `TRIES`; all were checked."""
    names = policy.look_up(target.host, target.port, limits.wait(limits.connect_seconds))
    addresses = [read(name) for name in names]
    if not addresses:
        raise OSError("no address")
    if not all(map(policy.is_address, addresses)):
        raise NotAskedError("not a public address", target.host)
    return addresses[:TRIES]


def connect_first(addresses: list[Address], target: Target, limits: Limits) -> socket.socket:
    """Return a socket connected to the first address that accepts."""
    tls_name = target.host if target.scheme == "https" else ""
    for address in addresses[:-1]:
        try:
            return connect(address, target.port, tls_name=tls_name, limits=limits)
        except OSError:
            continue
    return connect(addresses[-1], target.port, tls_name=tls_name, limits=limits)


def _next(target: Target, location: str, policy: Policy) -> Target:
    """Return the target of a redirect; https to http is refused."""
    found = _target(absolute(target, location), policy)
    if target.scheme == "https" and found.scheme == "http":
        raise NotAskedError("redirect from https to http", found.host)
    return found


def absolute(target: Target, location: str) -> str:
    """Return where a `Location` header leads. Raises NoAnswerError if that is no address."""
    try:
        # http.client decodes headers as Latin-1; non-ASCII in a URL is percent-encoded
        return urljoin(str(target), quote(location.encode("latin-1"), safe=_SAFE))
    except ValueError:
        raise NoAnswerError("malformed redirect") from None


def _target(url: str, policy: Policy) -> Target:
    target = target_of(url)
    if not policy.is_host(target.host):
        raise NotAskedError("not a host we ask", target.host)
    if not policy.is_port(target.port):
        raise NotAskedError("not a port we ask", target.host)
    return target


def target_of(url: str) -> Target:
    """Take a URL apart. Raises NotAskedError for what is malformed, holds a password or is not http."""
    try:
        parts = split_url(url)
        port = parts.port
    except ValueError:
        raise NotAskedError("malformed address") from None
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in PORTS or not _HOST.fullmatch(host) or "@" in parts.netloc:
        raise NotAskedError("malformed address, or not http")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], _path(parts))


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
