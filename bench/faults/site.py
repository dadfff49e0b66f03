"""A site to break: database on a small disk, web server and two workers as in the Procfile, mail server, clock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg
from django.conf import settings

from bench.faults.ground import Addresses, Ground
from bench.faults.lives import MAIL_SECRET
from bench.faults.load import head_of, status_of
from bench.faults.mail_server import MailServer
from bench.faults.processes import Supervised
from bench.faults.versions import Versions
from trackflow.testing.moved_clock import MovedClock
from trackflow.testing.post_office import free_port
from trackflow.testing.workers import procfile_command

WORKERS = 2
DOWN = (0.2, 1, 1, 2, 3, 1, 5, 2, 8, 1, 13, 3, 20, 1, 30, 2, 45, 5, 60, 1, 2)


@dataclass
class Site:
    """What runs; `ground` and `versions` are there only where all of it is the run's own."""

    addresses: Addresses
    folder: Path
    mail: MailServer
    clock: MovedClock
    ground: Ground | None = None
    versions: Versions | None = None
    longest: float = 2
    """Seconds that the database stays down at most."""
    port: int = field(default_factory=free_port)
    web: Supervised = field(init=False)
    workers: list[Supervised] = field(init=False)

    @property
    def code(self) -> Path:
        """The folder from which processes run: a link to the version that serves."""
        return self.versions.current if self.versions else Path(__file__).resolve().parents[2]

    def down(self, luck: Random) -> float:
        """Return for how many seconds the database stays down this time: mostly short."""
        return min(luck.choice(DOWN), self.longest)

    @contextmanager
    def running(self) -> Iterator[None]:
        self.web = self._begin("web")
        self.workers = [self._begin("worker", at) for at in range(WORKERS)]
        try:
            self.wait_until_it_serves()
            yield
        finally:
            for each in (*self.workers, self.web):
                each.stop()

    def _begin(self, kind: str, number: int = 0) -> Supervised:
        around = self.environment()
        command = procfile_command(kind, around)
        if kind == "web":  # its own program, not `python -m`, which cannot start a successor
            command = [str(Path(sys.executable).with_name("gunicorn")), *command[3:]]
        return Supervised(command, self.code, around, self.folder / f"{kind}{number}.log")

    def environment(self) -> dict[str, str]:
        around = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        around |= {"DATABASE_URL": self.addresses.runtime, "PORT": str(self.port), "EMAIL_URL": self.mail.url}
        around |= {"LOG_LEVEL": "WARNING", "HTTPS": "off", "MAIL_WEBHOOK_SECRET": MAIL_SECRET}
        around |= {"SECRET_KEY": settings.SECRET_KEY, "LIMITS": "off"}  # all come from one address
        return {**around, "GUNICORN_CMD_ARGS": "--log-level error", **self.clock.environment}

    def wait_until_it_serves(self, seconds: float = 90) -> None:
        """Wait until the web server answers, and has its two processes."""
        end = time.monotonic() + seconds
        request = "GET /labels/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        while status_of(self.port, request) != 200 or len(self.web.children) < 2:
            assert time.monotonic() < end, "The web server does not come back."
            time.sleep(0.1)

    def as_owner(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement as the database's owner; returns rows, if it has any."""
        with psycopg.connect(self.addresses.owner, autocommit=True) as owner:
            cursor = owner.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def deploy_next(self) -> None:
        """Migrate to the next version while the old one serves, then let the processes begin with it."""
        assert self.versions
        folder = self.versions.make_next()
        urls = {"DATABASE_OWNER_URL": self.addresses.owner, "DJANGO_SETTINGS_MODULE": "trackflow.settings"}
        subprocess.run(  # our own words
            [sys.executable, "manage.py", "deploy", "--verbosity=0"],
            cwd=folder,
            env=self.environment() | urls,
            check=True,
        )
        self.versions.switch(folder)
        self.web.hand_over(90)
        for each in self.workers:
            each.signal(signal.SIGTERM)
        self._wait_for_version(self.versions.number)

    def _wait_for_version(self, number: str, seconds: float = 90) -> None:
        """Wait until none but the new version answers."""
        end, seen = time.monotonic() + seconds, 0
        while seen < 8:
            assert time.monotonic() < end, f"Version {number} does not serve."
            head = head_of(self.port, "GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            seen = seen + 1 if f"X-Version: {number}\r".encode() in head + b"\r" else 0
            time.sleep(0.1)


@contextmanager
def whole_site(ground: Ground) -> Iterator[Site]:
    """A site on a ground of its own, whose versions can be deployed."""
    versions = Versions(ground.folder / "versions", settings.SECRET_KEY)
    mail, clock = MailServer(), MovedClock(ground.folder / "clock")
    try:
        yield Site(ground.addresses, ground.folder, mail, clock, ground, versions)
    finally:
        mail.close()
