"""The load: threads that live demos' lives and look at pages over HTTP, and write down every answer."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from bench.faults.lives import WITHOUT_EVENT, Life, Stage, Step, page_requests

LIVING, LONGEST = 3, 30.0
"""Threads that act; seconds after which a client gives up waiting for an answer."""
PAUSES = (0.25, 0.7)
"""Seconds between two things that a thread does."""
AGAIN = (0.15, 0.4)
"""Seconds after which somebody tries again what was not acknowledged."""
CALM = frozenset({409, 429, 503})
"""What a client is told in words when something cannot be done now."""
NO_ANSWER = 0
GOOD = frozenset({200, 303})


@dataclass(frozen=True)
class Answer:
    """An answer: what was asked, when (monotonic), how many seconds it took, and its status."""

    what: str
    start: float
    seconds: float
    status: int


@dataclass(frozen=True)
class Acknowledged:
    """A step that was answered with yes, and when."""

    step: Step
    moment: float


@dataclass
class Book:
    """Everything that clients were told."""

    answers: list[Answer] = field(default_factory=list)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """What was answered neither good nor calm."""

    def between(self, start: float, end: float) -> list[Answer]:
        return [each for each in self.answers if start <= each.start < end]


class Load:
    """Clients of a web server on a port; `pause` lets them come to rest, with everything acknowledged."""

    def __init__(self, stage: Stage, port: int, seed: int) -> None:
        self.stage, self.port, self.seed = stage, port, seed
        self.book, self._lock = Book(), threading.Lock()
        self._goes, self._is_over = threading.Event(), threading.Event()
        self._resting = threading.Semaphore(0)
        self._goes.set()

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._live, args=[at], daemon=True) for at in range(LIVING)]
        threads += [
            threading.Thread(target=self._look, args=[at, request], daemon=True)
            for at, request in enumerate(page_requests(self.stage))
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            self._goes.set()
            for thread in threads:
                thread.join(2 * LONGEST)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let who acts finish what they do, until it is acknowledged, and rest."""
        self._goes.clear()
        for _ in range(LIVING):
            assert self._resting.acquire(timeout=120), "Something was never acknowledged."
        try:
            yield
        finally:
            self._goes.set()

    def _live(self, number: int) -> None:
        luck, life = Random(f"{self.seed} {number}"), None
        while not self._is_over.is_set():
            if not self._goes.is_set():
                self._resting.release()
                self._goes.wait()
                continue
            if life is None:
                life = self._begin()
                steps = self.stage.steps(life) if life else iter(())
            step = next(steps, None)
            if step is None or life is None or not self._do(step, life, luck):
                life = None
            self._is_over.wait(luck.uniform(*PAUSES))

    def _begin(self) -> Life | None:
        with self._lock:
            if not self.stage.waiting:
                return None
            life = self.stage.waiting.pop()
            self.book.lives.append(life)
            return life

    def _do(self, step: Step, life: Life, luck: Random) -> bool:
        """Ask until it is acknowledged; False if it was refused for good."""
        while not self._is_over.is_set():
            answer = self.ask(step.word, step.request)
            if answer.status in GOOD:
                self.book.acknowledged.append(Acknowledged(step, answer.start + answer.seconds))
                if step.word not in WITHOUT_EVENT:
                    life.done.append(step.word)
                return True
            if answer.status not in CALM | {NO_ANSWER}:
                self.book.refused.append(f"{step.word} of {step.reference}: {answer.status}")
                return False
            self._is_over.wait(luck.uniform(*AGAIN))
        return False

    def _look(self, number: int, request: str) -> None:
        what, luck = request.split()[1], Random(f"{self.seed} look {number}")
        while not self._is_over.is_set():
            answer = self.ask(what, request)
            if answer.status not in GOOD | CALM | {NO_ANSWER}:
                self.book.refused.append(f"{what}: {answer.status}")
            self._is_over.wait(luck.uniform(0.1, 0.3))

    def ask(self, what: str, request: str) -> Answer:
        """Send a request and write down what came."""
        start = time.monotonic()
        status = status_of(self.port, request)
        answer = Answer(what, start, time.monotonic() - start, status)
        self.book.answers.append(answer)
        return answer


def status_of(port: int, request: str) -> int:
    """Return the status of the answer to a request; 0 if none came, and 401 where it leads to a sign-in."""
    return status_in(head_of(port, request))


def head_of(port: int, request: str) -> bytes:
    """Return the head of the answer to a request, empty if none came whole."""
    try:
        with socket.create_connection(("127.0.0.1", port), LONGEST) as connection:
            connection.settimeout(LONGEST)
            connection.sendall(request.encode())
            text = b""
            while data := connection.recv(1 << 16):
                text += data
    except OSError:
        return b""
    head, end, _ = text.partition(b"\r\n\r\n")
    return head if end else b""


def status_in(head: bytes) -> int:
    if not head.startswith(b"HTTP/1.1 ") or len(head) < 12:
        return NO_ANSWER
    status = int(head[9:12])
    return 401 if status in (302, 303) and b"login" in head else status
