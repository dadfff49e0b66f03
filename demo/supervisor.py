"""Web server, workers and watcher side by side until somebody stops them; who ends by itself is started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

HOST = "127.0.0.1"
STOP_TIMEOUT = 10  # seconds a process has to end in order
MINUTE, MOST_ENDS = 60, 5
"""A child that ended this often within so many seconds is given up."""


def is_free(port: int) -> bool:
    """Whether a web server could listen on this port of the local machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def run(port: int) -> int:
    """Run web and worker until asked to stop (returns 0) or until one keeps ending by itself (returns 1)."""
    asked = _requests_to_stop()
    children = [Child(command) for command in commands(port)]
    try:
        while not asked and all(child.keep_running() for child in children):
            time.sleep(0.1)
    finally:
        _end([child.process for child in children if child.process])
    return 0 if asked else 1


@dataclass
class Child:
    """A process that is started again when it ends by itself, each time a little later."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)
    """When it ended, within the last minute."""

    def keep_running(self) -> bool:
        """Start the process if it is not running and its time has come; False once it has ended too often."""
        now = time.monotonic()
        self.ends = [moment for moment in self.ends if now - moment < MINUTE]
        if self.process and self.process.poll() is not None:
            self._note_end(self.process, now)
        if len(self.ends) >= MOST_ENDS:
            sys.stderr.write(f"It ended {MOST_ENDS} times within a minute and is not started again.\n")
            return False
        if self.process is None and (not self.ends or now - self.ends[-1] >= 2 ** len(self.ends) / 8):
            # In its own session: Ctrl-C reaches only us, and we stop it with all its children.
            self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603  # our own words
        return True

    def _note_end(self, process: subprocess.Popen[bytes], moment: float) -> None:
        self.ends.append(moment)
        sys.stderr.write(f"Ended by itself with code {process.returncode}: {' '.join(self.command)}\n")
        _tell(process, signal.SIGKILL)  # whoever of its group is left
        self.process = None


def commands(port: int) -> list[list[str]]:
    """Return the Procfile's command lines, with short shutdown timeouts; with folders of recordings theirs too."""
    web = (
        f"gunicorn trackflow.wsgi --bind {HOST}:{port} --workers 2 --threads 8 --graceful-timeout 3 "
        "--worker-class trackflow.web_worker.BufferingWorker"
    )
    worker = "manage.py worker --patience 3"
    files = [f"{worker} --queue files", "manage.py watch"] if settings.SHELVES else []
    return [
        [sys.executable, "-m", *web.split(), "--limit-request-line", "8190", "--no-control-socket"],
        *([sys.executable, *command.split()] for command in (worker, *files)),
    ]


def _requests_to_stop() -> list[int]:
    """Return a list that collects signals to stop; signals ignored by nohup stay ignored."""
    asked: list[int] = []

    def note(number: int, _: Any) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, note)
    return asked


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + STOP_TIMEOUT
    for process in running:
        _tell(process, signal.SIGTERM)
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        _tell(process, signal.SIGKILL)  # whoever of its group is left
        process.wait()


def _tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS says so of a group that has ended
        os.killpg(process.pid, number)
