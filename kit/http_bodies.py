"""Outgoing HTTP whose bodies are read: from hosts that our settings name, never from links that users typed.

`kit.http` asks those. A host that is named may be in our own network; a redirect leads to a named host or nowhere.
Time in all, bytes on the wire and bytes once unpacked are bounded. No cookies, no proxy; TLS is verified.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Any, Self
from urllib.parse import urlencode

from kit.http import (
    REDIRECTS,
    TRIES,
    NoAnswerError,
    NotAskedError,
    Target,
    absolute,
    connect_first,
    look_up,
    target_of,
)
from kit.ip_addresses import read
from kit.wire import Limits, ResponseTooLargeError, exchange

BLOCK = 64 * 1024
MOST_HEADER_BYTES = 64 * 1024
PACKED = {"gzip", "x-gzip"}


class BodyCutOffError(HTTPException):
    """The connection ended before the body did."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who may be asked, as origins (`https://host`, `https://*.host`), and limits of each request.

    Seconds and bytes as in `kit.http.Policy`; `most_bytes` holds for the body as sent and as unpacked.
    """

    origins: frozenset[str]
    agent: str
    redirects: int = 3
    connect_seconds: float = 4
    read_seconds: float = 8
    total_seconds: float = 15
    most_bytes: int = 2_000_000

    @classmethod
    def of(cls, urls: Iterable[str], agent: str, **limits: Any) -> Self:
        """Return the hosts of some addresses of ours. Raises NotAskedError for one that is malformed."""
        return cls(frozenset(map(_origin, urls)), agent, **limits)

    def refuse_others(self, target: Target) -> None:
        """Raise NotAskedError unless this is one of the hosts, at its port."""
        origin = f"{target.scheme}://{target.netloc}"
        above = f"{target.scheme}://*.{target.netloc.partition('.')[2]}"
        if origin not in self.origins and above not in self.origins:
            raise NotAskedError("not a host we ask", target.host)


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers by their lower-case names, and the whole body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def fetch(
    method: str,
    url: str,
    hosts: Hosts,
    *,
    form: Mapping[str, str] | None = None,
    data: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the first response that is not a redirect, body and all; send a `form` or `data` as JSON.

    Raises NotAskedError for a host that is not named, NoAnswerError (which says why, and holds no URL) if no whole
    answer comes in time. A redirect of what was posted is no answer.
    """
    limits = Limits(
        hosts.connect_seconds,
        hosts.read_seconds,
        monotonic() + hosts.total_seconds,
        hosts.most_bytes + MOST_HEADER_BYTES,
    )
    sent, own = _body(form, data)
    target = target_of(url)
    for _ in range(hosts.redirects + 1):
        hosts.refuse_others(target)
        response = _response(method, target, hosts, limits, {**own, **(headers or {})}, sent)
        location = response.headers.get("location", "")
        if response.status not in REDIRECTS or not location:
            return response
        target = _next(method, target, location)
    raise NoAnswerError("too many redirects")


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    star = "*." if rest.startswith("*.") else ""
    target = target_of(f"{scheme}://{rest.removeprefix('*.')}")
    return f"{target.scheme}://{star}{target.netloc}"


def _body(form: Mapping[str, str] | None, data: Any) -> tuple[bytes | None, dict[str, str]]:
    """Return the body to send and the header that names its kind."""
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if data is not None:
        return json.dumps(data).encode(), {"Content-Type": "application/json"}
    return None, {}


def _next(method: str, target: Target, location: str) -> Target:
    if method not in ("GET", "HEAD"):
        raise NoAnswerError("redirect of a post")
    found = target_of(absolute(target, location))
    if target.scheme == "https" and found.scheme == "http":
        raise NotAskedError("redirect from https to http", found.host)
    return found


def _response(
    method: str, target: Target, hosts: Hosts, limits: Limits, more: dict[str, str], body: bytes | None
) -> Response:
    headers = {"Host": target.netloc, "User-Agent": hosts.agent, "Accept-Encoding": "gzip"}
    headers |= {"Connection": "close", **more}
    try:
        names = look_up(target.host, target.port, limits.wait(limits.connect_seconds))
        addresses = [read(name) for name in names[:TRIES]]
        with (
            closing(connect_first(addresses, target, limits)) as sock,
            closing(exchange(sock, method, target.path, headers, limits, body)) as head,
        ):
            told = {name.lower(): value for name, value in head.getheaders()}
            return Response(head.status, told, _read(head, told, hosts.most_bytes))
    except (OSError, HTTPException, ValueError, IndexError, zlib.error) as error:
        raise NoAnswerError(type(error).__name__) from None


def _read(head: HTTPResponse, headers: Mapping[str, str], most: int) -> bytes:
    """Return the body, unpacked. Raises ResponseTooLargeError as soon as it has more than `most` bytes."""
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in PACKED | {"", "identity"}:
        raise ValueError("unknown content encoding")
    gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    found, is_packed = bytearray(), False
    while block := head.read(BLOCK):
        is_packed = packing in PACKED
        found += gzip.decompress(block, most + 1 - len(found)) if is_packed else block
        if len(found) > most:
            raise ResponseTooLargeError
    # http.client tells of what is missing in chunks, not of what a Content-Length promised
    if head.length or (is_packed and not gzip.eof):
        raise BodyCutOffError
    return bytes(found)
