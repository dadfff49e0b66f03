"""Processes that are started again whenever they end, as whatever runs the Procfile does."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks at a process."""
PATIENCE = 25
"""Seconds that a process has to stop in order."""


class Supervised:
    """A process with a command, a folder and an environment; `starts` counts how often it was begun."""

    def __init__(self, command: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> None:
        self.command, self.folder = command, folder
        self.environment = {
            **environment,
            "PWD": str(folder),
        }  # which gunicorn takes for its folder, links kept
        self.log = log.open("ab")
        self.starts, self._is_over = 0, False
        self._lock = threading.Lock()
        self._started: list[subprocess.Popen[bytes]] = []
        self.pid = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    @property
    def children(self) -> list[int]:
        return children_of(self.pid)

    def signal(self, number: int) -> None:
        _send(self.pid, number)

    def kill(self) -> None:
        """Kill it, and wait until it is begun again."""
        starts = self.starts
        self.signal(signal.SIGKILL)
        while self.starts == starts and not self._is_over:
            time.sleep(PAUSE / 5)

    def hand_over(self, seconds: float) -> None:
        """Let gunicorn start its successor on the same socket, and end the old one once the new one has processes."""
        with self._lock:
            old, before = self.pid, self.children
            _send(old, signal.SIGUSR2)
            end = time.monotonic() + seconds
            while not (found := [each for each in set(children_of(old)) - set(before) if children_of(each)]):
                assert time.monotonic() < end, "No successor."
                time.sleep(PAUSE)
            self.pid = found[0]
            _send(old, signal.SIGTERM)

    def stop(self) -> None:
        """Stop it for good: in order, or at once if that takes too long."""
        self._is_over = True
        self._watch.join()
        self.signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while _lives(self.pid) and time.monotonic() < end:
            self._reap()
            time.sleep(PAUSE)
        for each in (*self.children, self.pid):
            _send(each, signal.SIGKILL)
        self._reap()
        self.log.close()

    def _start(self) -> int:
        self.starts += 1
        process = subprocess.Popen(  # noqa: S603  # our own words
            self.command,
            cwd=self.folder,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._started.append(process)
        return process.pid

    def _keep(self) -> None:
        while not self._is_over:
            with self._lock:
                self._reap()
                if not _lives(self.pid):
                    self.pid = self._start()
            time.sleep(PAUSE)

    def _reap(self) -> None:
        self._started = [each for each in self._started if each.poll() is None]


def children_of(process: int) -> list[int]:
    with suppress(OSError):
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [int(each) for each in text.split()]
    return []


def _lives(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _send(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
