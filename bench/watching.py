"""One request, its queries and its time; and the time of its template alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.template import Context, RequestContext
from django.template.backends.django import Template
from django.test import Client


@dataclass(frozen=True)
class Answered:
    """Times are in milliseconds."""

    status: int
    body: str
    queries: int
    total: float
    database: float


@dataclass(frozen=True)
class Spread:
    median: float
    late: float
    worst: float


@dataclass
class _Stopwatch:
    durations: list[float] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.durations.append(1000 * (time.perf_counter() - start))


def ask(client: Client, url: str, headers: dict[str, str] | None = None) -> Answered:
    """Ask for a page as its reader would, without a network."""
    watch, start = _Stopwatch(), time.perf_counter()
    with connection.execute_wrapper(watch):
        answer = client.get(url, headers=headers)
        body = answer.getvalue().decode()
    total = 1000 * (time.perf_counter() - start)
    return Answered(answer.status_code, body, len(watch.durations), total, sum(watch.durations))


def rendered_again(
    client: Client, url: str, rounds: int, headers: dict[str, str] | None = None
) -> list[float]:
    """Return how long the page's template takes with everything it shows in memory already."""
    with _kept() as kept:
        client.get(url, headers=headers)
    template, values = kept[-1]
    template.template.render(Context(values))  # what is looked up lazily is looked up now
    watch, times = _Stopwatch(), []
    with connection.execute_wrapper(watch):
        for _ in range(rounds):
            start = time.perf_counter()
            template.template.render(Context(values))
            times.append(1000 * (time.perf_counter() - start))
    assert not watch.durations, "rendering asks the database"
    return times


@contextmanager
def _kept() -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """Collect templates with the values they are rendered with, the frame's among them."""
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
    """Return median, 95th percentile and the longest."""
    late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Spread(median(times), late, max(times))
