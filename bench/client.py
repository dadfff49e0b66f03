"""A load generator: sends requests, each on a connection of its own, and times the answers.

A process of its own that uses the standard library alone and one thread, so that it takes little from the server's
processors. Reads a job as JSON from its input, writes the result as JSON:

    {"port": 8001, "requests": ["GET / HTTP/1.1 ..."], "clients": 8, "seconds": 2.5}

Requests are sent in turn, again from the first after the last; without `seconds` each is sent once.
"""

import json
import select
import socket
import sys
import time
from typing import Any

HOST = "127.0.0.1"
LONGEST = 30.0
"""Seconds that an answer may take."""


class Load:
    """So many clients, each of which sends its next request once it has its answer."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.address = (HOST, job["port"])
        self.requests = [text.encode() for text in job["requests"]]
        self.clients, self.seconds = job["clients"], job.get("seconds")
        self.poll, self.sent, self.end = select.epoll(), 0, 0.0
        self.open: dict[int, Any] = {}
        self.times: list[float] = []
        self.statuses: dict[str, int] = {}
        self.sizes: dict[str, int] = {}

    def run(self) -> dict[str, Any]:
        start = time.perf_counter()
        self.end = start + (self.seconds or float("inf"))
        for _ in range(self.clients):
            self.send()
        while self.open:
            ready = self.poll.poll(LONGEST)
            assert ready, "no answer"
            for number, _ in ready:
                self.receive(number)
        return {
            "seconds": time.perf_counter() - start,
            "times": [round(1000 * each, 3) for each in self.times],
            "statuses": self.statuses,
            "sizes": self.sizes,
        }

    def send(self) -> None:
        is_over = time.perf_counter() >= self.end or (not self.seconds and self.sent == len(self.requests))
        if is_over:
            return
        request, began = self.requests[self.sent % len(self.requests)], time.perf_counter()
        self.sent += 1
        connection = socket.create_connection(self.address)
        connection.sendall(request)
        connection.setblocking(False)
        self.open[connection.fileno()] = [connection, began, b"", 0]
        self.poll.register(connection.fileno(), select.EPOLLIN)

    def receive(self, number: int) -> None:
        connection, began, first, size = self.open[number]
        data = connection.recv(1 << 20)
        if data:
            self.open[number][2:] = first or data, size + len(data)
            return
        self.times.append(time.perf_counter() - began)
        self.poll.unregister(number)
        connection.close()
        del self.open[number]
        status = first[9:12].decode()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.sizes[status] = size - first.find(b"\r\n\r\n") - 4
        self.send()


if __name__ == "__main__":
    json.dump(Load(json.load(sys.stdin)).run(), sys.stdout)
