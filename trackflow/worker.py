"""The background worker: procrastinate's, which goes on by itself after an outage of the database."""

import asyncio
import logging
import random
import signal
from contextlib import suppress
from functools import partial
from typing import Any, cast

import psycopg
from django.db import DatabaseError, connection
from procrastinate import worker as procrastinate_worker
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.middleware import AsyncCallNext
from procrastinate.psycopg_connector import PsycopgConnector

from kit import job_failures
from kit.outages import is_outage
from trackflow.periodic import Scheduler
from trackflow.tasks import retry_stalled_jobs

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.25, 4.0
"""Seconds between two tries to reach the database; each wait is about twice the one before."""
WAITS = (0.25, 0.5, 1)
"""Seconds before a job whose connection was cut is begun again."""
NOTE_QUEUE = """
WITH gone AS (
    DELETE FROM trackflow_queueworker WHERE NOT EXISTS (SELECT FROM procrastinate_workers WHERE id = worker_id)
)
INSERT INTO trackflow_queueworker (worker_id, queue) VALUES (%(worker_id)s, %(queue)s)
ON CONFLICT (worker_id) DO UPDATE SET queue = EXCLUDED.queue
"""
POOL: dict[str, Any] = {"timeout": 5, "reconnect_timeout": 1, "min_size": 1, "max_size": 4}


class Worker(procrastinate_worker.Worker):
    """Procrastinate's, with a scheduler that catches up on what was missed; it writes down whose jobs it takes.

    It also writes down how each job ended, even after an outage: while it lives, nobody else takes the job up.
    """

    async def _periodic_deferrer(self) -> None:
        [queue] = self.queues or [DEFAULT_QUEUE]
        await self.app.connector.execute_query_async(NOTE_QUEUE, worker_id=self.worker_id, queue=queue)
        await Scheduler(self.app.periodic_registry).worker()

    async def _persist_job_status(self, job: Job, *ended: Any, **more: Any) -> None:
        wait = FIRST_WAIT
        while not await self._try_to_persist(job, *ended, **more):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop_event.wait(), wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _try_to_persist(self, job: Job, *ended: Any, **more: Any) -> bool:
        """Return whether it is written down; what will not be, since the worker stops, is taken up by another."""
        try:
            await super()._persist_job_status(job, *ended, **more)
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.errors.RaiseException):
                return True  # an earlier try did it, and its answer was lost
            if self._stop_event.is_set() or not is_outage(error):
                self.stop()
                raise
            logger.warning("The end of job %s cannot be written down yet: %s", job.id, error.__cause__)
            return False
        return True


async def work(**options: Any) -> None:
    """Run jobs until SIGTERM or SIGINT, with procrastinate's options for a worker."""
    stop, left = asyncio.Event(), None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while await _database_answers(stop):
        with app.replace_connector(PsycopgConnector(kwargs=connector_params(), **POOL)):
            worker = Worker(app, **_with_defaults(options, stop))
            await _run(worker, stop, left)
            left = worker.worker_id or left
        await _pause(FIRST_WAIT, stop)


async def _run(worker: procrastinate_worker.Worker, stop: asyncio.Event, left: int | None) -> None:
    """Run a worker until asked to stop or until an outage; `left` is one that an earlier outage ended."""
    try:
        async with app.open_async():
            if left:
                await app.job_manager.unregister_worker(left)
            await retry_stalled_jobs()
            await _run_until(stop, worker)
    except Exception as error:
        if not is_outage(error):
            raise
        logger.warning("The database hung up: %s", error)


async def _run_until(stop: asyncio.Event, worker: procrastinate_worker.Worker) -> None:
    running, asked = asyncio.create_task(worker.run()), asyncio.create_task(stop.wait())
    await asyncio.wait([running, asked], return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    running.cancel()  # which it takes as a request to stop in order
    with suppress(asyncio.CancelledError):
        await running


async def _database_answers(stop: asyncio.Event) -> bool:
    """Wait until the database can be reached; False if asked to stop meanwhile."""
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(**connector_params()):
                return True
        except psycopg.OperationalError as error:
            logger.warning("The database cannot be reached; trying again in %.1f seconds: %s", wait, error)
        await _pause(wait, stop)
        wait = min(2 * wait, LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  # spreads several workers
    return False


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait so long, or until asked to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def begin_again(
    stop: asyncio.Event, call_next: AsyncCallNext, context: JobContext, _: procrastinate_worker.Worker
) -> Any:
    """Begin a job again whose connection was cut: all our jobs may run twice."""
    for wait in WAITS:
        try:
            return await call_next()
        except Exception as error:
            if stop.is_set() or not is_outage(error):
                raise
        logger.warning("Job %s (%s) was cut off by the database.", context.job.id, context.job.task_name)
        await _pause(wait, stop)
    return await call_next()


async def note_failure(call_next: AsyncCallNext, context: JobContext, _: procrastinate_worker.Worker) -> Any:
    """Write down why a job failed, for the office and `manage.py jobs`."""
    try:
        return await call_next()
    except Exception as error:
        with suppress(DatabaseError):
            await asyncio.to_thread(_note, context.job.id, error)
        raise


def _note(job_id: int | None, error: Exception) -> None:
    try:
        job_failures.note(job_id or 0, error)
    finally:
        connection.close()


def _with_defaults(options: dict[str, Any], stop: asyncio.Event) -> WorkerOptions:
    outer = app.worker_defaults.get("worker_middleware") or []
    middleware = [*outer, note_failure, partial(begin_again, stop)]
    ours = {"install_signal_handlers": False, "worker_middleware": middleware}
    return cast(WorkerOptions, {**app.worker_defaults, **options, **ours})
