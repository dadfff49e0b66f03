"""One HTTP exchange with one IP address, with hard limits on time and bytes."""

import io
import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from time import monotonic
from typing import Any

from kit.ip_addresses import Address

TLS = ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Limits:
    """Timeouts of connecting and of each read in seconds, the deadline (monotonic clock), and bytes to read at most."""

    connect_seconds: float
    read_seconds: float
    deadline: float
    most_bytes: int

    def wait(self, seconds: float) -> float:
        """Return `seconds`, cut to the time left; TimeoutError after the deadline."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(seconds, left)


class ResponseTooLargeError(OSError):
    """The response is larger than `Limits.most_bytes`."""


class BoundedReader(io.RawIOBase):
    """Reads a socket within `Limits`."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self.sock, self.limits, self.left = sock, limits, limits.most_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.left <= 0:
            raise ResponseTooLargeError
        self.sock.settimeout(self.limits.wait(self.limits.read_seconds))
        size = self.sock.recv_into(memoryview(buffer)[: self.left])
        self.left -= size
        return size


class BoundedSocket:
    """The part of a socket that `http.client` uses; closing it leaves the real socket open."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self.sock, self.limits = sock, limits

    def sendall(self, content: bytes) -> None:
        self.sock.settimeout(self.limits.wait(self.limits.read_seconds))
        self.sock.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(BoundedReader(self.sock, self.limits))

    def close(self) -> None: ...


def connect(address: Address, port: int, *, tls_name: str, limits: Limits) -> socket.socket:
    """Connect to exactly this address; with `tls_name`, use TLS and verify the certificate for that name."""
    wait = limits.wait(limits.connect_seconds)
    sock = socket.create_connection((str(address), port), timeout=wait)
    if not tls_name:
        return sock
    try:
        sock.settimeout(limits.wait(limits.connect_seconds))
        return TLS.wrap_socket(sock, server_hostname=tls_name)
    except BaseException:
        sock.close()
        raise


def exchange(
    sock: socket.socket,
    method: str,
    path: str,
    headers: dict[str, str],
    limits: Limits,
    body: bytes | None = None,
) -> HTTPResponse:
    """Send a request and return the response with its body unread."""
    connection = HTTPConnection(headers["Host"])
    bounded: Any = BoundedSocket(sock, limits)
    connection.sock = bounded
    connection.request(method, path, body, headers)
    return connection.getresponse()
