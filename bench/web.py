"""Pages and writes over HTTP: each round measures the trivial view and everything else, with one client and eight."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from types import MappingProxyType
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import servers, writes
from bench.measurement import Timing, mean_of, send
from bench.pages import Page, pages_of
from bench.servers import Server
from bench.visitors import Cast, Visitor, signed_in
from trackflow.testing.clients import client_of

CLIENTS = 8
WARM_UP = 0.3
"""Seconds."""
TRIVIAL = [Visitor().request("/")]

Results = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """How to measure: options of the server, number of rounds, seconds for each page, and a word of their names."""

    options: Sequence[str]
    rounds: int
    seconds: float
    only: str


@dataclass
class Row:
    """What was found for a page or a write, round by round."""

    name: str
    queries: int | None = None
    most_ms: float | None = None
    least_ratio: float | None = None
    alone: list[Timing] = field(default_factory=list)
    together: list[Timing] = field(default_factory=list)

    def add(self, alone: Timing, together: Timing) -> None:
        self.alone.append(alone)
        self.together.append(together)

    def results(self, trivial: "Row") -> Results:
        """Return the medians of all rounds; each round's ratio is to the trivial view before and after it."""
        rounds = list(zip(self.together, trivial.together, strict=True))
        return {
            "name": self.name,
            "must": {"p50": self.most_ms, "ratio": self.least_ratio},
            "p50": _median(each.p50 for each in self.alone),
            "p95": _median(each.p95 for each in self.alone),
            "p50 of 8": _median(each.p50 for each in self.together),
            "p95 of 8": _median(each.p95 for each in self.together),
            "rate of 8": _median(each.rate for each in self.together),
            "ratio": _median((each.rate / most.rate for each, most in rounds), 4),
            "processor": _median(each.processor for each in self.together),
            "ratio by processor": _median((most.processor / each.processor for each, most in rounds), 4),
            "bytes": int(median(each.size for each in self.together)),
            "queries": self.queries,
        }


def measure(plan: Plan) -> Results:
    """Measure everything over HTTP on the database in use."""
    call_command("collectstatic", interactive=False, verbosity=0)  # before a page is drawn here
    cast = Cast.find()
    pages = [page for page in pages_of(cast) if plan.only in page.name]
    written = {each.name: Row(each.name, None, None, each.least_ratio) for each in writes.KINDS}
    return measure_pages(plan, pages, written, lambda server: writes.measure(server, cast, plan.only))


def measure_pages(
    plan: Plan,
    pages: Sequence[Page],
    written: Mapping[str, Row] = MappingProxyType({}),
    write: Callable[[Server], Iterable[tuple[str, tuple[Timing, Timing]]]] = lambda _: (),
) -> Results:
    """Measure pages, and after those of each round what `write` does, for the rows of `written`."""
    requests = {page.name: requests_of(page) for page in pages}
    rows = {page.name: Row(page.name, queries_of(page), page.most_ms, page.least_ratio) for page in pages}
    trivial = Row("trivial view")
    with ExitStack() as stack:
        server = stack.enter_context(servers.running("/health/", plan.options))
        bare = stack.enter_context(servers.running("/", plan.options, servers.TRIVIAL))
        for page in pages:  # what a process keeps is kept from here on
            send(server, requests[page.name], CLIENTS, WARM_UP)
        for _ in range(plan.rounds):
            before = _both(bare, TRIVIAL, plan.seconds)
            for page in pages:
                rows[page.name].add(*_both(server, requests[page.name], plan.seconds))
            for name, pair in write(server):
                written[name].add(*pair)
            trivial.add(*map(mean_of, before, _both(bare, TRIVIAL, plan.seconds)))
        memory = [round(servers.resident_mb(each)) for each in server.workers]
    everything = [trivial, *rows.values(), *(row for row in written.values() if row.alone)]
    return {
        "start": round(server.start_seconds, 2),
        "memory": memory,
        "pages": [row.results(trivial) for row in everything],
    }


def requests_of(page: Page) -> list[str]:
    visitor = signed_in(page.user) if page.user else Visitor()
    return [visitor.request(path, headers=page.headers) for path in page.paths]


def queries_of(page: Page) -> int:
    """Return how many queries a page makes once its process has served it."""
    client = client_of(page.user) if page.user else Client()
    headers = {"host": "127.0.0.1", **page.headers}
    client.get(page.paths[0], headers=headers)
    with CaptureQueriesContext(connection) as found:
        client.get(page.paths[0], headers=headers)
    return len(found)


def _both(server: Server, requests: Sequence[str], seconds: float) -> tuple[Timing, Timing]:
    return send(server, requests, 1, seconds), send(server, requests, CLIENTS, seconds)


def _median(values: Any, digits: int = 2) -> float:
    return round(median(values), digits)
