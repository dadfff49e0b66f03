"""Workers: in this process until no job is due, or in their own process, as in the Procfile."""

import asyncio
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from kit.urls import split_url

TIMEOUT = 120


def run_due_jobs() -> None:
    """Run a real worker until no job is due, in a thread, since this one may have an event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_work).result()


def _work() -> None:
    assert isinstance(app.connector, DjangoConnector)
    try:
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_run_worker())
    finally:
        connection.close()


async def _run_worker() -> None:
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


@contextmanager
def worker(url: str, database: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker process on a database; killed at the end if still running."""
    address = split_url(url)._replace(path=f"/{database}").geturl()
    environment = {**os.environ, "DATABASE_URL": address, "EMAIL_URL": "dummymail://"}
    environment |= {"SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "trackflow.settings"}
    process = subprocess.Popen(  # noqa: S603  # our own words
        _command(), cwd=settings.BASE_DIR, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        kill(process)


def _command() -> list[str]:
    """Return the Procfile's worker command for this Python."""
    lines = Path(settings.BASE_DIR, "Procfile").read_text().splitlines()
    words = next(line for line in lines if line.startswith("worker: ")).removeprefix("worker: ")
    return [sys.executable, *shlex.split(words.removeprefix("python "))]


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill the process and its children at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds; fails after two minutes."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"Waited in vain: {what}."
        time.sleep(0.05)
