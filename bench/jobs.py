"""How many jobs a second a real worker does, and how fast the histories are verified."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from bench import servers
from bench.setup import ROOT
from kit.clock import now
from trackflow.testing.workers import procfile_command

LONGEST = 60
"""Seconds of work that are measured."""
SUMMARY = re.compile(r"(\d+) submissions, (\d+) events, 0 faults")

Results = dict[str, Any]


def measure_jobs() -> Results:
    """Let the Procfile's worker do jobs until none is due or the time is over, and count from the first one done."""
    due, environment = _due(), servers.database_environment()
    process = subprocess.Popen(procfile_command("worker", environment), cwd=ROOT, env=environment)  # noqa: S603  # our own words
    try:
        first = _done()
        _wait_until(lambda: _done() > first)  # it has begun
        start, began = time.monotonic(), _done()
        _wait_until(lambda: not _due())
        rate = (_done() - began) / (time.monotonic() - start)
        return {"jobs": due, "rate": round(rate, 1), "memory": round(servers.resident_mb(process.pid))}
    finally:
        process.terminate()
        process.wait()


def _due() -> int:
    todo = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    return todo.exclude(scheduled_at__gt=now()).count()


def _done() -> int:
    """Return how many jobs are done: of all that were ever queued, those that are gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM procrastinate_jobs_id_seq")
        (queued,) = cursor.fetchone()
    return int(queued) - ProcrastinateJob.objects.count()


def _wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)


def measure_verifier(processes: int) -> Results:
    """Verify all histories with so many processes; the memory is the most that one of them held at any time."""
    command = [sys.executable, "manage.py", "verify_history", f"--processes={processes}"]
    start = time.monotonic()
    with (
        subprocess.Popen(  # noqa: S603  # our own words
            command,
            cwd=ROOT,
            env=servers.database_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process,
        _watched(process.pid) as peaks,
    ):
        output, _ = process.communicate()
    seconds, found = time.monotonic() - start, SUMMARY.search(output)
    assert found, output[-1000:]
    events = int(found[2])
    return {
        "processes": processes,
        "submissions": int(found[1]),
        "events": events,
        "seconds": round(seconds, 1),
        "rate": round(events / seconds),
        "memory": round(max(peaks.values())),
    }


@contextmanager
def _watched(parent: int) -> Iterator[dict[int, float]]:
    """Yield the peak memory of a process and its descendants in MB, as far as they were seen."""
    peaks: dict[int, float] = {}
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(0.2):
            for process in _family(parent):
                if peak := _peak(process):
                    peaks[process] = peak

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        is_over.set()
        thread.join()


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [process, *(each for child in children for each in _family(int(child)))]


def _peak(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
