"""Jobs whose worker died are taken up by another one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from kit import jobs
from submissions.links.tasks import DAILY
from trackflow.tasks import MOST_ATTEMPTS, RETRY_STALLED, take_up
from trackflow.testing.live_server import JobsFailedError

Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def stall(owner_connection: Connection) -> Callable[..., int]:
    """Leave a job as a worker that died in the middle of it does; returns its number."""

    def _stall(name: str, attempts: int = 0, seconds: int = 60, lock: str | None = None) -> int:
        jobs.defer_later(name, None, lock=lock)
        job = ProcrastinateJob.objects.latest("id")
        owner_connection.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s * interval '1 second') RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id, attempts = %s,"
            " queueing_lock = task_name FROM dead WHERE procrastinate_jobs.id = %s",
            [seconds, attempts, job.pk],
        )
        return int(job.pk)

    return _stall


def status_of(number: int) -> str:
    return ProcrastinateJob.objects.get(pk=number).status


def test_job_of_a_dead_worker_is_done_by_another(
    stall: Callable[..., int], run_jobs: Callable[[], None]
) -> None:
    number = stall(DAILY)
    jobs.defer([RETRY_STALLED])
    run_jobs()
    assert status_of(number) == "succeeded"


def test_job_of_a_living_worker_is_left_to_it(
    stall: Callable[..., int], run_jobs: Callable[[], None]
) -> None:
    number = stall(DAILY, seconds=5)
    jobs.defer([RETRY_STALLED])
    run_jobs()
    assert status_of(number) == "doing"


def test_job_that_kills_every_worker_is_given_up(
    stall: Callable[..., int], run_jobs: Callable[[], None]
) -> None:
    number = stall(DAILY, attempts=MOST_ATTEMPTS)
    jobs.defer([RETRY_STALLED])
    with pytest.raises(JobsFailedError, match=r"look_daily"):
        run_jobs()
    assert status_of(number) == "failed"


@pytest.mark.parametrize("attempts", [0, MOST_ATTEMPTS])
def test_two_workers_that_find_the_same_stalled_job_queue_it_once(
    stall: Callable[..., int], run_jobs: Callable[[], None], attempts: int
) -> None:
    number = stall(DAILY, attempts=attempts)

    async def take_up_twice() -> None:
        async with app.open_async():
            [job] = await app.job_manager.get_stalled_jobs()
            await take_up(job)
            await take_up(job)

    def work() -> None:
        assert isinstance(app.connector, DjangoConnector)
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(take_up_twice())

    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()
    assert status_of(number) == ("failed" if attempts else "todo")


def test_stalled_job_whose_like_is_queued_makes_room(
    stall: Callable[..., int], run_jobs: Callable[[], None], owner_connection: Connection
) -> None:
    number = stall(DAILY)
    jobs.defer_later(DAILY, None)
    owner_connection.execute("UPDATE procrastinate_jobs SET queueing_lock = task_name WHERE status = 'todo'")
    jobs.defer_later(RETRY_STALLED, None, priority=10)
    run_jobs()
    assert not ProcrastinateJob.objects.filter(pk=number).exists()
    assert list(ProcrastinateJob.objects.filter(task_name=DAILY).values_list("status", flat=True)) == [
        "succeeded"
    ]
