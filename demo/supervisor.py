"""Web server and worker side by side, until one of them ends or somebody stops them."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

HOST = "127.0.0.1"
STOP_TIMEOUT = 10  # seconds a process has to end in order


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
    """Run web and worker until they end; returns 0 if somebody asked for it, 1 if one failed."""
    asked = _requests_to_stop()
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands(port):
            # In their own sessions: Ctrl-C reaches only us, and we stop them with all their children.
            running.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603  # our own words
        while not asked and all(process.poll() is None for process in running):
            time.sleep(0.1)
    finally:
        _end(running)
    return 0 if asked else 1


def commands(port: int) -> list[list[str]]:
    """Return the Procfile's command lines of web and worker, with short shutdown timeouts."""
    web = f"gunicorn trackflow.wsgi --bind {HOST}:{port} --workers 2 --threads 8 --graceful-timeout 3"
    worker = "manage.py procrastinate worker --concurrency 3 --delete-jobs successful --shutdown-graceful-timeout 3"
    return [
        [sys.executable, "-m", *web.split(), "--limit-request-line", "8190", "--no-control-socket"],
        [sys.executable, *worker.split()],
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
