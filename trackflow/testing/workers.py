"""Workers, in this process until no job is due; worker and web server as processes, as in the Procfile."""

import asyncio
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from kit.urls import split_url
from trackflow.testing.post_office import free_port

TIMEOUT = 120


def run_due_jobs() -> None:
    """Run a real worker until no job is due, in a thread, since this one may have an event loop; clocks stay pinned."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(copy_context().run, _work).result()


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
def worker(
    url: str, database: str, *, log: IO[bytes] | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker process on a database, killed at the end if still running; `log` takes what it writes."""
    with _running("worker", url, database, environment, log) as process:
        yield process


@contextmanager
def files_worker(
    url: str, database: str, *, log: IO[bytes] | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the worker that reads files on a database, killed at the end."""
    with _running("files", url, database, environment, log) as process:
        yield process


@contextmanager
def watcher(
    url: str, database: str, *, log: IO[bytes] | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the watcher of the folders that SHELVES names on a database, killed at the end."""
    with _running("watch", url, database, environment, log) as process:
        yield process


@contextmanager
def web(url: str, database: str, *, log: IO[bytes] | None = None, **environment: str) -> Iterator[str]:
    """Run the web server on a database; yields its address once it answers."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    with _running("web", url, database, {"PORT": port, "HTTPS": "off", **environment}, log) as process:
        wait_for(lambda: process.poll() is not None or _answers(address), "the web server to answer")
        yield address


@contextmanager
def _running(
    kind: str, url: str, database: str, environment: Mapping[str, str], log: IO[bytes] | None
) -> Iterator[subprocess.Popen[bytes]]:
    address = split_url(url)._replace(path=f"/{database}").geturl()
    around = {**os.environ, "DATABASE_URL": address, "EMAIL_URL": "dummymail://", "LIMITS": "off"}
    around |= {"SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "trackflow.settings"}
    around |= environment
    command = procfile_command(kind, around)
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=around, stderr=log, start_new_session=True)  # noqa: S603  # our own words
    try:
        yield process
    finally:
        kill(process)


def procfile_command(kind: str, environment: Mapping[str, str]) -> list[str]:
    """Return a command of the Procfile for this Python."""
    lines = Path(settings.BASE_DIR, "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith(f"{kind}: ")).removeprefix(f"{kind}: ")
    words = re.sub(r"\$\{(\w+):-(\w+)\}", lambda found: environment.get(found[1], found[2]), line)
    program, *arguments = shlex.split(words)
    return [sys.executable, *(["-m", program] if program == "gunicorn" else []), *arguments]


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  # our own server
    except OSError:
        return False
    return True


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
