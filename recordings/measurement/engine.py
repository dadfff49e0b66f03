"""Processes that measure, as their callers see them: kept, limited, killed and replaced.

A process that crashes, hangs or takes too much memory costs the file it was at; the next file gets a new one.
"""

import atexit
import json
import logging
import os
import resource
import select
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

MEMORY = 2 * 1024**3
"""Bytes of address space that a process may take."""
PATIENCE = 120.0
"""Seconds that a file may take, and as many more as a tenth of its length."""
FILES_EACH = 200
"""A process is replaced after so many files: what libraries forget to give back ends with it."""
LONGEST_ANSWER = 8 * 1024**2
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
"""Each worker has its own process: more threads would only wait for each other."""


class NotMeasured(Exception):
    """A file could not be measured; its text is a sentence for a person. `is_lasting`: trying again is no use."""

    def __init__(self, sentence: str, *, is_lasting: bool = False) -> None:
        super().__init__(sentence)
        self.is_lasting = is_lasting


class Engine:
    """One measuring process. Not for several threads at once."""

    def __init__(self, command: list[str]) -> None:
        self.count = 0
        self._process = subprocess.Popen(  # noqa: S603  # the command is ours or the environment's
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=os.environ | ONE_THREAD,
            start_new_session=True,
        )
        with suppress(AttributeError, ProcessLookupError):  # Linux alone limits another process
            resource.prlimit(self._process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Return the answer to a request. Raises NotMeasured; the process is then gone, or fit for the next."""
        self.count += 1
        line = json.dumps({"id": self.count, **request}) + "\n"
        try:
            self._process.stdin.write(line.encode())  # type: ignore[union-attr]  # it is a pipe
            self._process.stdin.flush()  # type: ignore[union-attr]  # it is a pipe
            answer = json.loads(self._read_line(time.monotonic() + seconds))
        except (OSError, ValueError) as error:
            raise NotMeasured(self._ended()) from error
        if not isinstance(answer, dict) or answer.get("id") != self.count:
            self.close()
            raise NotMeasured("The measuring process answered something else.")
        return answer

    def close(self) -> None:
        """End the process and all that it started, and collect it."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was not read any more
                    pipe.close()  # type: ignore[union-attr]  # they are pipes
            self._process.wait()

    @property
    def is_alive(self) -> bool:
        """Asked without collecting it: until `close` does, nothing else can have its number."""
        if self._process.returncode is not None:
            return False
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def _read_line(self, until: float) -> bytes:
        """Raises OSError if the process ended, NotMeasured after the time."""
        read = bytearray()
        out = self._process.stdout.fileno()  # type: ignore[union-attr]  # it is a pipe
        while not read.endswith(b"\n"):
            if not select.select([out], [], [], max(until - time.monotonic(), 0))[0]:
                self.close()
                raise NotMeasured("Measuring took too long and was stopped.")
            part = os.read(out, 65_536)
            if not part or len(read) > LONGEST_ANSWER:
                raise OSError("no answer")
            read += part
        return bytes(read)

    def _ended(self) -> str:
        self.close()
        code = self._process.returncode
        if code < 0 and code != -signal.SIGKILL:
            return f"The measuring process crashed on this file ({signal.Signals(-code).name})."
        return "The measuring process ended while it was at this file."


class Engines:
    """Idle processes, one for each thread that measures at the same time."""

    def __init__(self, command: Callable[[], list[str]] | None = None) -> None:
        self._command = command
        self._idle: list[Engine] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()
        atexit.register(self.close)

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Let an idle process answer, or a new one. Raises NotMeasured."""
        engine = self._take()
        try:
            return engine.ask(request, seconds)
        finally:
            self._put(engine)

    def close(self) -> None:
        """End all idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        if self._owner == os.getpid():
            for engine in idle:
                engine.close()

    def _take(self) -> Engine:
        with self._lock:
            while self._idle:
                engine = self._idle.pop()
                if engine.is_alive:
                    return engine
                engine.close()
        return Engine((self._command or command)())

    def _put(self, engine: Engine) -> None:
        if engine.is_alive and engine.count < FILES_EACH:
            with self._lock:
                self._idle.append(engine)
        else:
            engine.close()


def command() -> list[str]:
    """Return the command of a measuring process: ours, or what the setting names."""
    return shlex.split(settings.MEASURE_COMMAND) or [sys.executable, "-m", "recordings.measurement"]


engines = Engines()
