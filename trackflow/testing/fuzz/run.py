"""Sends requests at random to every address of the site; each is rolled back."""

import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connection, transaction

from trackflow.testing.fuzz.addresses import Template, templates, truths
from trackflow.testing.fuzz.forms import FormBook
from trackflow.testing.fuzz.requests import Request, path_of, request_at
from trackflow.testing.fuzz.stage import make_stage
from trackflow.testing.raw_requests import RawResponse, send
from trackflow.tests.access_table import ADDRESSES, ROLES


@dataclass(frozen=True)
class Failure:
    """A request that was answered by a 500, or by none of our answers at all."""

    number: int
    role: str
    template: str
    request: Request
    reason: str

    def __str__(self) -> str:
        return f"#{self.number} as {self.role}, {self.template}: {self.request}\n{self.reason}"


@dataclass
class Report:
    failures: list[Failure] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")


class Fuzz:
    """One run: who asks, what pages have shown so far, and what came of it."""

    def __init__(self, seed: int) -> None:
        self.seed, self.turn, self.sent = seed, 0, 0
        self.visitors = make_stage()
        self.truths = [(each, truths(each, self.visitors)) for each in templates()]
        self.book, self.report = FormBook(), Report()
        self.seen: set[tuple[str, str]] = set()
        self.raised: list[str] = []

    def run(self, count: int) -> Report:
        """Send `count` requests, the addresses in turn, a page's form before what is nearly that form."""
        got_request_exception.connect(self._remember)
        try:
            while self.sent < count:
                self._try(*self.truths[self.turn % len(self.truths)])
                self.turn += 1
        finally:
            got_request_exception.disconnect(self._remember)
        return self.report

    def _remember(self, **_: Any) -> None:
        self.raised.append(traceback.format_exc(limit=-4))

    def _try(self, template: Template, known: list[dict[str, bytes]]) -> None:
        random = Random(f"{self.seed}/{self.turn}")
        role = random.choice(self._roles(template.name))
        path, cookie = path_of(random, template, known), self._cookie(role)
        if (path, role) not in self.seen:
            self.seen.add((path, role))
            self._send(role, template, Request("GET", path, "", b"", {"HTTP_COOKIE": cookie}))
        request = request_at(random, path, cookie, self.book.by_path.get(path, []), self.book.names)
        self._send(role, template, request)

    def _send(self, role: str, template: Template, request: Request) -> None:
        self.raised.clear()
        self.sent += 1
        began = time.monotonic()
        try:
            with transaction.atomic():
                response = self._answer(request)
                transaction.set_rollback(True)
            reason = "\n".join(self.raised) or f"status {response.status}" if response.status >= 500 else ""
        except Exception:  # what a web server would answer by a bare 500
            reason = traceback.format_exc(limit=-4)
        if reason:
            self.report.failures.append(Failure(self.sent, role, template.name, request, reason))
        self.report.slowest = max(self.report.slowest, (time.monotonic() - began, str(request)[:300]))

    def _answer(self, request: Request) -> RawResponse:
        """Send the request; what the database checks at a commit is checked too."""
        response = send(request.method, request.path, request.body, request.query, **request.environ)
        self.report.statuses[response.status] += 1
        if response.status < 400:
            connection.check_constraints()
        if request.method == "GET" and response.headers.get("Content-Type", "").startswith("text/html"):
            self.book.read(request.path, response.content)
        return response

    def _roles(self, name: str) -> list[str]:
        """Return who may ask: everybody, and twice more those who are let in."""
        if name.startswith("admin:"):
            return [*ROLES, *["admin"] * 20]
        if name not in ADDRESSES:
            return [*ROLES, *["anonymous"] * 5]
        letters = zip(ROLES, ADDRESSES[name].get, ADDRESSES[name].post, strict=True)
        return [*ROLES, *[role for role, get, post in letters if {get, post} & {*"2UC3"}] * 4]

    def _cookie(self, role: str) -> str:
        cookie = self.visitors.clients[role].cookies.get(settings.SESSION_COOKIE_NAME)
        return f"{settings.SESSION_COOKIE_NAME}={cookie.value}" if cookie else ""
