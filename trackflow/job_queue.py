"""The state of background jobs, and failed ones tried again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.clock import now
from kit.models import JobFailure

PATIENCE = timedelta(minutes=10)
"""A due job that waits longer has no worker that gets round to it."""


@dataclass(frozen=True)
class Failed:
    """The failed jobs of one task, and the last of them."""

    task: str
    count: int
    last: int
    error: str


@dataclass(frozen=True)
class JobQueue:
    """How many jobs there are of each kind; `waits` is how long the oldest due one has waited."""

    waiting: int
    later: int
    running: int
    retrying: int
    failed: list[Failed]
    waits: timedelta | None

    @property
    def is_well(self) -> bool:
        """Whether nothing failed and workers keep up."""
        return not self.failed and (self.waits is None or self.waits <= PATIENCE)


def read() -> JobQueue:
    """Return the state of the queue. Three queries."""
    moment = now()
    rows, due = ProcrastinateJob.objects.all(), Q(scheduled_at=None) | Q(scheduled_at__lte=moment)
    todo, again = Q(status="todo"), Q(attempts__gt=0)
    counts = rows.aggregate(
        waiting=Count("pk", filter=todo & due & ~again),
        later=Count("pk", filter=todo & ~due & ~again),
        retrying=Count("pk", filter=todo & again),
        running=Count("pk", filter=Q(status="doing")),
    )
    queued = rows.filter(todo & due & ~again, procrastinateevent__type__in=["deferred", "scheduled"])
    since = queued.aggregate(oldest=Min("procrastinateevent__at"), due=Min("scheduled_at"))
    moments = [each for each in since.values() if each]
    return JobQueue(**counts, failed=_failed(), waits=moment - min(moments) if moments else None)


def with_errors(rows: QuerySet[ProcrastinateJob]) -> QuerySet[ProcrastinateJob]:
    """Annotate `last_error`: why a job failed last, None where nothing is known."""
    error = JobFailure.objects.filter(job_id=OuterRef("pk")).values("error")
    return rows.annotate(last_error=Subquery(error))


def retry(job_ids: list[int] | None = None) -> int:
    """Let failed jobs be tried again at once: these, or all; return how many."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("pk")
    chosen = rows if job_ids is None else rows.filter(pk__in=job_ids)
    found = list(chosen)
    for job in found:
        app.job_manager.retry_job_by_id(job.pk, now(), job.priority, job.queue_name, job.lock)
    return len(found)


def _failed() -> list[Failed]:
    failed = ProcrastinateJob.objects.filter(status="failed").values("task_name")
    groups = failed.annotate(count=Count("pk"), last=Max("pk")).order_by("-count", "task_name")
    found = list(groups)
    errors = dict(
        JobFailure.objects.filter(job_id__in=[each["last"] for each in found]).values_list("job_id", "error")
    )
    return [
        Failed(each["task_name"], each["count"], each["last"], errors.get(each["last"], "not known"))
        for each in found
    ]
