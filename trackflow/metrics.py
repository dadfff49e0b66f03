"""Metrics in Prometheus' text format, for who knows `METRICS_TOKEN`; without one there is no such page.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from kit.counts import capped_counts
from kit.models import Tally
from submissions.transition_table import WAITING
from trackflow import job_queue
from trackflow.office.count_table import MAILS, Scope
from trackflow.source_metrics import source_lines
from trackflow.tallies import BOUNDS, counter

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST = 100_000
"""Rows that a gauge counts at most."""
SILENT = timedelta(seconds=30)
LABELS = {Tally.Kind.REQUEST: ("route", "method", "status"), Tally.Kind.JOB: ("task", "", "outcome")}


def may_read(request: HttpRequest) -> bool:
    """Whether a request has the token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and constant_time_compare(given.encode(), token.encode())


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all metrics. Six queries, all over indexes, and one more where sources are on."""
    if not may_read(request):
        raise Http404
    counter.write()
    lines = [*_gauges(), *source_lines(), *_histograms()]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"}
    )


def _gauges() -> Iterator[str]:
    for name, words, number in _numbers():
        yield f"# HELP trackflow_{name} {words}"
        yield f"# TYPE trackflow_{name} gauge"
        yield f"trackflow_{name} {number}"


def _numbers() -> Iterator[tuple[str, str, float]]:
    """Yield name, words and value of each gauge."""
    queue, scope = job_queue.read(), Scope.now()
    mails = ProcrastinateJob.objects.filter(status__in=("todo", "doing", "failed"), task_name__in=MAILS)
    late = scope.sent.filter(state__in=sorted(WAITING), due_at__lt=scope.moment)
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=scope.moment - SILENT)
    unsent, overdue, workers = capped_counts([mails, late, alive], MOST)
    yield "jobs_waiting", "Background jobs that a worker could run now.", queue.waiting
    yield "jobs_later", "Background jobs for later.", queue.later
    yield "jobs_running", "Background jobs that run.", queue.running
    yield "jobs_retrying", "Background jobs that failed and are tried again.", queue.retrying
    yield "jobs_failed", "Background jobs that failed for good.", sum(each.count for each in queue.failed)
    waits = queue.waits.total_seconds() if queue.waits else 0
    yield "jobs_oldest_seconds", "How long the oldest due job has waited.", waits
    yield "mails_unsent", "Mails that wait for a worker, or failed.", unsent
    yield "workers", "Workers with a recent heartbeat.", workers
    yield "promises_overdue", "Demos whose promised answer is overdue.", overdue


def _histograms() -> Iterator[str]:
    rows = list(Tally.objects.order_by("kind", "name", "method", "outcome"))
    for kind, words in (
        (Tally.Kind.REQUEST, "Answered requests."),
        (Tally.Kind.JOB, "Runs of background jobs."),
    ):
        name = f"trackflow_{kind.value}_seconds"
        yield f"# HELP {name} {words}"
        yield f"# TYPE {name} histogram"
        for row in rows:
            if row.kind == kind:
                yield from _series(name, row)


def _series(name: str, row: Tally) -> Iterator[str]:
    """Yield the buckets of one histogram, each with all that were quicker, then sum and count."""
    values = dict(zip(LABELS[Tally.Kind(row.kind)], (row.name, row.method, row.outcome), strict=True))
    labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in values.items() if label)
    sums = list(accumulate(row.buckets))
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), sums, strict=True):
        yield f'{name}_bucket{{{labels},le="{bound}"}} {number}'
    yield f"{name}_sum{{{labels}}} {row.seconds:.6f}"
    yield f"{name}_count{{{labels}}} {sums[-1]}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
