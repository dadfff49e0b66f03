"""Periodic tasks after hours without a worker: each is made up for once, however many workers come back."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from trackflow.periodic import Scheduler
from trackflow.testing.databases import TestDatabases
from trackflow.testing.moved_clock import MovedClock
from trackflow.testing.workers import wait_for, worker

HOUR, DAY = 3600, 24 * 3600
WRITE_DOWN = """
CREATE TABLE queued (task text NOT NULL);
CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO queued (task) VALUES (NEW.task_name);
    RETURN NULL;
END $$;
CREATE TRIGGER write_down AFTER INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION write_down();
"""
"""Jobs that were done are deleted; this remembers them."""

Owner = psycopg.Connection[Any]


@pytest.fixture
def queued(committed_db: str, owner_connection: Owner) -> Callable[[], Counter[str]]:
    """Return a function that counts the jobs that were ever queued, by task."""
    owner_connection.execute(WRITE_DOWN)
    return lambda: Counter(task for (task,) in owner_connection.execute("SELECT task FROM queued"))


@pytest.fixture
def clock(tmp_path: Path) -> MovedClock:
    return MovedClock(tmp_path / "clock")


def seconds_until(hour: int, *, day: int) -> float:
    """Return how far ahead an hour of a day after today is."""
    now = datetime.now(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.timestamp() + day * DAY + hour * HOUR - now.timestamp()


def every_task() -> set[str]:
    return {name for name, _ in app.periodic_registry.periodic_tasks}


def is_idle() -> bool:
    return not ProcrastinateJob.objects.filter(status__in=["todo", "doing"], scheduled_at=None).exists()


def work(
    databases: TestDatabases, name: str, clock: MovedClock, enough: Callable[[], bool], many: int
) -> None:
    """Let so many workers run at once until there was enough and nothing is left to do, then stop them."""
    with ExitStack() as running:
        processes = [
            running.enter_context(worker(databases.runtime, name, **clock.environment)) for _ in range(many)
        ]
        wait_for(lambda: ProcrastinateWorker.objects.count() == many, "the workers to begin")
        wait_for(lambda: enough() and is_idle(), "the workers to be done")
        for process in processes:
            process.terminate()
        assert [process.wait(60) for process in processes] == [0] * many


def test_missed_tasks_are_made_up_for_once_by_two_workers(
    committed_db: str, test_databases: TestDatabases, queued: Callable[[], Counter[str]], clock: MovedClock
) -> None:
    clock.move(seconds_until(1, day=1))
    work(test_databases, committed_db, clock, lambda: set(queued()) >= every_task(), 1)
    before = queued()
    clock.move(seconds_until(12, day=2))  # a day and eleven hours without a worker
    work(test_databases, committed_db, clock, lambda: every_task() <= set(queued() - before), 2)
    again = queued() - before
    daily = {each for each in every_task() if _is_daily(each)}
    assert len(daily) >= 5
    assert {task: again[task] for task in daily} == dict.fromkeys(daily, 1)
    assert max(again[task] for task in every_task()) <= 2  # a minute may have passed meanwhile
    work(test_databases, committed_db, clock, lambda: True, 1)
    assert {task: (queued() - before)[task] for task in daily} == dict.fromkeys(daily, 1)


def _is_daily(task: str) -> bool:
    return app.periodic_registry.periodic_tasks[task, ""].cron.split()[1] != "*"


@pytest.fixture
def minutely() -> Callable[[float], list[int]]:
    """Return a function that says for what times the task of each minute is queued at a moment."""
    scheduler = Scheduler(app.periodic_registry)

    def due(moment: float) -> list[int]:
        found = scheduler.get_previous_tasks(at=moment)
        return [time for task, time in found if task.task.name == "trackflow.retry_stalled"]

    return due


def test_hours_that_a_machine_slept_are_made_up_for_once(minutely: Callable[[float], list[int]]) -> None:
    assert minutely(60_000.5) == [60_000]
    assert minutely(60_000.9) == []
    assert minutely(60_000.5 + 8 * HOUR) == [60_000 + 8 * HOUR]


def test_clock_that_was_set_back_stops_no_task(minutely: Callable[[float], list[int]]) -> None:
    assert minutely(60_000.5 + 8 * HOUR) == [60_000 + 8 * HOUR]
    assert minutely(60_000.5) == [60_000]
    assert minutely(60_060.5) == [60_060]
