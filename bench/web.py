"""Pages over HTTP: each round measures the trivial view and every page, with one client and with eight."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from django.core.management import call_command

from bench import servers
from bench.measurement import Timing, send
from bench.pages import Page, pages_of
from bench.servers import Server
from bench.visitors import Cast, Visitor, signed_in

CLIENTS = 8


@dataclass
class Row:
    """What was found for a page, round by round."""

    name: str
    alone: list[Timing] = field(default_factory=list)
    together: list[Timing] = field(default_factory=list)


def measure(options: Sequence[str], asked: argparse.Namespace) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    cast = Cast.find()
    pages = [page for page in pages_of(cast) if not asked.only or asked.only in page.name]
    requests = {page.name: requests_of(page) for page in pages}
    trivial, rows = Row("trivial view"), {page.name: Row(page.name) for page in pages}
    with ExitStack() as stack:
        bare = stack.enter_context(servers.running("/", options, servers.TRIVIAL))
        server = stack.enter_context(servers.running("/health/", options))
        print(f"first 200 after {server.start_seconds:.2f} s", flush=True)
        for page in pages:  # what a process keeps is kept from here on
            send(server, requests[page.name], CLIENTS, 0.5)
        for _ in range(asked.rounds):
            measure_once(trivial, bare, [Visitor().request("/")], asked.seconds)
            for page in pages:
                measure_once(rows[page.name], server, requests[page.name], asked.seconds)
        print("resident:", *(f"{servers.resident_mb(each):.0f} MB" for each in server.workers))
    print_table(trivial, pages, rows)


def requests_of(page: Page) -> list[str]:
    visitor = signed_in(page.user) if page.user else Visitor()
    return [visitor.request(path, **page.headers) for path in page.paths]


def measure_once(row: Row, server: Server, requests: Sequence[str], seconds: float) -> None:
    row.alone.append(send(server, requests, 1, seconds))
    row.together.append(send(server, requests, CLIENTS, seconds))


def print_table(trivial: Row, pages: Sequence[Page], rows: dict[str, Row]) -> None:
    print(
        f"{'':28} {'p50':>7} {'p95':>7} {'8: a second':>12} {'ratio':>7} must {'processor':>10} {'ratio':>7} {'KB':>5}"
    )
    for row, page in [(trivial, None), *((rows[page.name], page) for page in pages)]:
        rounds = list(zip(row.together, trivial.together, strict=True))
        ratio = median(each.rate / most.rate for each, most in rounds)
        by_processor = median(most.processor / each.processor for each, most in rounds)
        spent = median(each.processor for each in row.together)
        p50, p95 = median(each.p50 for each in row.alone), median(each.p95 for each in row.alone)
        rate = median(each.rate for each in row.together)
        must = f"{page.least_ratio:.2f}" if page and page.least_ratio else "    "
        line = f"{row.name:28} {p50:7.1f} {p95:7.1f} {rate:12.0f} {ratio:7.3f} {must} {spent:10.2f} {by_processor:7.3f}"
        print(f"{line} {row.alone[-1].size / 1000:5.1f}")
