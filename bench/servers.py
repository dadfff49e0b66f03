"""The web server of the Procfile, on the database in use; the trivial site under the same server."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.setup import ROOT

APPLICATION, TRIVIAL = "trackflow.wsgi", "bench.trivial"
LONGEST_START = 60
"""Seconds."""
BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Server:
    """A running server; `start_seconds` is how long it took from its start to the first 200."""

    process: int
    port: int
    start_seconds: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def processor_seconds(self) -> float:
        """Return what its workers and the database's processes that serve them have used so far."""
        from django.db import connection  # lazy: needs settings

        with connection.cursor() as cursor:
            cursor.execute(BACKENDS)
            backends = [pid for (pid,) in cursor.fetchall()]
        return sum(_used(each) for each in [*self.workers, *backends])

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [int(each) for each in children.split()]


@contextmanager
def running(path: str, options: Sequence[str] = (), application: str = APPLICATION) -> Iterator[Server]:
    """Run the Procfile's web server, with these options after its own, until the end of the block."""
    from trackflow.testing.post_office import free_port  # lazy: needs settings

    port, environment = free_port(), database_environment()
    start = time.monotonic()
    process = subprocess.Popen(command(port, options, application), cwd=ROOT, env=environment)  # noqa: S603  # our own words
    try:
        _wait_for(f"http://127.0.0.1:{port}{path}", process)
        yield Server(process.pid, port, time.monotonic() - start)
    finally:
        process.terminate()
        process.wait()


def command(port: int, options: Sequence[str] = (), application: str = APPLICATION) -> list[str]:
    """Return the Procfile's words for the web server; of an option that stands twice gunicorn takes the last."""
    from trackflow.testing.workers import procfile_command  # lazy: needs settings

    words = procfile_command("web", {**os.environ, "PORT": str(port)})
    return [application if word == APPLICATION else word for word in words] + list(options)


def database_environment() -> dict[str, str]:
    """Return the environment in which a process uses the database in use, as the runtime role."""
    from django.conf import settings  # lazy: needs settings
    from django.db import connection  # lazy: as above

    there = connection.settings_dict
    place = f"host={there['OPTIONS']['host']}&port={there['OPTIONS']['port']}"
    url = f"postgresql://{there['USER']}@/{there['NAME']}?{place}"
    return {
        **os.environ,
        "GUNICORN_CMD_ARGS": "--log-level warning",
        "DATABASE_URL": url,
        "EMAIL_URL": "dummymail://",
        "SECRET_KEY": settings.SECRET_KEY,
    }


def _used(process: int) -> float:
    """Return the seconds of processor that a process and its threads have used."""
    try:
        tasks = [each / "schedstat" for each in Path(f"/proc/{process}/task").iterdir()]
        return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9
    except OSError:  # it has ended
        return 0.0


def resident_mb(process: int) -> float:
    """Return the memory that a process holds now (VmRSS), in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer.")
