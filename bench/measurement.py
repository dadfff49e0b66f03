"""Measures one request: queries, time, and the time of its template alone.

Processor time is of this process and of its database backend, so other work on the machine does not count. The
latter is 0 if the system does not report it (/proc/<pid>/schedstat).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.template import Context, RequestContext
from django.template.backends.django import Template
from django.test import Client


@dataclass(frozen=True)
class Measurement:
    """Times are in milliseconds."""

    status: int
    body: str
    queries: int
    total: float
    database: float
    cpu: float
    database_cpu: float


@dataclass(frozen=True)
class Spread:
    median: float
    late: float
    worst: float


@dataclass
class _Stopwatch:
    durations: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        process = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        start, spent = time.perf_counter(), _cpu_time(process)
        try:
            return execute(*args)
        finally:
            self.durations.append(1000 * (time.perf_counter() - start))
            self.cpu += _cpu_time(process) - spent


def _cpu_time(process: Path) -> float:
    try:
        return int(process.read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def measure_page(client: Client, url: str, headers: dict[str, str] | None = None) -> Measurement:
    """Request a page with the test client."""

    def get() -> tuple[int, str]:
        answer = client.get(url, headers=headers)
        return answer.status_code, answer.getvalue().decode()

    return _measure(get)


def measure_call(call: Callable[[], object]) -> Measurement:
    """Call a function and measure it like a page."""

    def done() -> tuple[int, str]:
        call()
        return 200, ""

    return _measure(done)


def _measure(get: Callable[[], tuple[int, str]]) -> Measurement:
    watch, start, spent = _Stopwatch(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(watch):
        status, body = get()
    total = 1000 * (time.perf_counter() - start)
    cpu = 1000 * (time.process_time() - spent) + watch.cpu
    return Measurement(status, body, len(watch.durations), total, sum(watch.durations), cpu, watch.cpu)


def rendered_again(
    client: Client, url: str, rounds: int, headers: dict[str, str] | None = None
) -> list[tuple[float, float]]:
    """Return how long the page's template takes with its context in memory: wall time, processor time."""
    with _kept() as kept:
        client.get(url, headers=headers)
    template, values = kept[-1]
    template.template.render(Context(values))  # what is looked up lazily is looked up now
    watch, times = _Stopwatch(), []
    with connection.execute_wrapper(watch):
        for _ in range(rounds):
            start, spent = time.perf_counter(), time.process_time()
            template.template.render(Context(values))
            times.append((1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent)))
    assert not watch.durations, "rendering asks the database"
    return times


@contextmanager
def _kept() -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """Collect templates with their contexts, context processors included."""
    kept: list[tuple[Template, dict[str, Any]]] = []
    render = Template.render

    def remember(self: Template, context: dict[str, Any] | None = None, request: Any = None) -> Any:
        if request is not None:
            bound = RequestContext(request, context)
            with bound.bind_template(self.template):
                kept.append((self, bound.flatten()))
        return render(self, context, request)

    with patch.object(Template, "render", remember):
        yield kept


def spread(times: list[float]) -> Spread:
    """Return median, 95th percentile and maximum."""
    late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Spread(median(times), late, max(times))
