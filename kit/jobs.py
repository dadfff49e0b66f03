"""Queueing background jobs by task name, so that lower apps need not import higher ones."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from kit.log_context import REQUEST_ID, facts


class _Queue(JobManager):
    """Gives each job the id of the request that it follows from; `trackflow.job_lines` takes it out again."""

    def batch_defer_jobs(self, jobs: list[Job], connection: Any | None = None) -> list[Job]:
        known = {REQUEST_ID: facts()[REQUEST_ID]} if REQUEST_ID in facts() else {}
        marked = [job.evolve(task_kwargs=known | job.task_kwargs) for job in jobs]
        return super().batch_defer_jobs(marked, connection)


# In a worker, procrastinate's app has connections of its own: jobs queued through it would not be part of the
# open transaction. This connector always uses Django's connection.
_queue = _Queue(DjangoConnector())


FILES = "files"
"""The queue of jobs that read files of recordings: minutes each, so other workers leave it alone."""


def announce(what: str, *, queue: str = DEFAULT_QUEUE, **arguments: Any) -> None:
    """Queue one job per task that `LISTENERS` names for what happened, in the open transaction."""
    defer(settings.LISTENERS[what], queue=queue, **arguments)


def announce_each(what: str, arguments: Sequence[dict[str, Any]]) -> None:
    """Queue the same for each of these arguments. One query for each task."""
    for name in settings.LISTENERS[what]:
        defer_each(name, arguments)


def defer(names: Iterable[str], *, queue: str = DEFAULT_QUEUE, **arguments: Any) -> None:
    """Queue one job per task name, in the transaction that is open on this connection. One query."""
    tasks = [configure_task(name=name, job_manager=_queue, queue=queue) for name in names]
    if tasks:
        _queue.batch_defer_jobs([each.make_new_job(**arguments) for each in tasks])


def defer_each(
    name: str, arguments: Iterable[dict[str, Any]], *, queue: str = DEFAULT_QUEUE, priority: int = 0
) -> None:
    """Queue one job of a task for each of these arguments, in the open transaction. One query.

    Arguments that hold a `REQUEST_ID` keep it: their lines of the log say that one.
    """
    task = configure_task(name=name, job_manager=_queue, queue=queue, priority=priority)
    if made := [task.make_new_job(**each) for each in arguments]:
        _queue.batch_defer_jobs(made)


def defer_once(
    name: str, *, once: str, priority: int = 0, queue: str = DEFAULT_QUEUE, **arguments: Any
) -> bool:
    """Queue one job unless one with the same `once` is waiting already; return whether it was queued.

    Call it after committing what the job has to see: the waiting job may start at any time.
    """
    job = configure_task(name=name, job_manager=_queue, queueing_lock=once, priority=priority, queue=queue)
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def defer_later(
    name: str, moment: datetime | None, *, priority: int = 0, lock: str | None = None, **arguments: Any
) -> None:
    """Queue one job for a given time (None: now), in the open transaction.

    Higher priorities go first; of jobs with the same `lock` only one runs at a time.
    """
    job = configure_task(name=name, job_manager=_queue, schedule_at=moment, priority=priority, lock=lock)
    job.defer(**arguments)
