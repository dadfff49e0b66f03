"""Workers in processes of their own, as the Procfile starts them, to be killed."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 120


@contextmanager
def worker(url: str, database: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on a database; it is killed at the end, if it still runs."""
    address = urlsplit(url)._replace(path=f"/{database}").geturl()
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
    """Return the Procfile's command line of the worker, for this Python."""
    lines = Path(settings.BASE_DIR, "Procfile").read_text().splitlines()
    words = next(line for line in lines if line.startswith("worker: ")).removeprefix("worker: ")
    return [sys.executable, *shlex.split(words.removeprefix("python "))]


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End it at once, whatever it is doing, as a machine that goes away would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fails after two minutes."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"Waited in vain: {what}."
        time.sleep(0.05)
