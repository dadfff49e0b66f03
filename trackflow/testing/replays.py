"""Replays of builders: the rows a builder made are inserted again in later tests, to save time.

A builder marked `@replayed` (a label with its team, a submission in a state) runs in full the first two times it is
called with the same arguments. The second time its rows are kept; from the third on they are inserted in one
round trip, with the same ids, times, salts and digests, as the runtime role and under all guards, which refuse
what the door could not have written. A test sees no rows that it did not ask for.

A replay is used only if the result must be the same: in a test that is rolled back and has so far written only
replayed rows, for the same arguments, pinned time and listeners. Otherwise, or if the replay is older than
half a minute, the builder runs in full.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection

from kit import clock
from trackflow.testing.arguments import Copy, NotComparable, digest_of
from trackflow.testing.rows import Rows, Snapshot

P = ParamSpec("P")
R = TypeVar("R")
LIFETIME = 30
"""Seconds; pages would say "a minute ago" about older rows, "just now" about new ones."""
HARMLESS = ("SELECT", "WITH", "(SELECT", "SET CONSTRAINTS", "SHOW", "EXPLAIN")
WRITING = ("procrastinate", "submissions_redact", "nextval", "INSERT ", "UPDATE ", "DELETE ")
"""Words that make a SELECT a write; `FOR UPDATE` is none."""


@dataclass(frozen=True)
class Replay:
    """A builder's rows and result."""

    rows: Rows
    result: Copy
    name: str
    made: float = field(default_factory=time.monotonic)

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.made < LIFETIME


@dataclass
class Journal:
    """What the current test has written so far: only replayed steps, or something else too."""

    is_open: bool = False
    position: str | None = None
    """Name of the last replayed step; None once anything else was written."""
    is_building: bool = False
    savepoints: list[tuple[str, str | None]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Replay] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def is_ready(self) -> bool:
        """Whether a builder called now may use a replay."""
        return (
            self.is_open and not self.is_building and self.position is not None and connection.in_atomic_block
        )

    def begin(self, *, is_open: bool) -> None:
        """Reset for a new test; `is_open` if the test is rolled back at its end."""
        self.is_open, self.position, self.is_building = is_open, "", False
        self.savepoints.clear()

    def watch(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Note a statement that Django runs; installed with `connection.execute_wrapper`."""
        if self.is_open and not self.is_building:
            self._note_statement(str(sql).lstrip())
        return execute(sql, params, many, context)

    def _note_statement(self, sql: str) -> None:
        word = sql[:16].upper()
        if word.startswith("SAVEPOINT"):
            self.savepoints.append((sql.split()[-1], self.position))
        elif word.startswith("RELEASE"):
            self._forget(sql.split()[-1])
        elif word.startswith("ROLLBACK TO"):
            self._go_back(sql.split()[-1])
        elif not word.startswith(HARMLESS) or _writes(sql):
            self.position = None

    def _forget(self, name: str) -> None:
        while self.savepoints and self.savepoints.pop()[0] != name:
            pass

    def _go_back(self, name: str) -> None:
        while self.savepoints and self.savepoints[-1][0] != name:
            self.savepoints.pop()
        self.position = self.savepoints[-1][1] if self.savepoints else None

    @contextmanager
    def building(self) -> Iterator[None]:
        """Ignore statements of a builder; the caller sets `position` afterwards."""
        self.is_building, self.position = True, None
        try:
            yield
        finally:
            self.is_building = False

    def new_name(self) -> str:
        """Return a new unique name."""
        return str(next(self.numbers))


journal = Journal()


def replayed(build: Callable[P, R]) -> Callable[P, R]:
    """Mark a builder whose rows depend only on its arguments, the database, the clock and the listeners."""

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> R:
        step = _step(build, args, kwargs) if journal.is_ready else None
        if step is None:
            return build(*args, **kwargs)
        found = journal.kept.get(step)
        if found is None or not found.is_fresh:
            return _build(step, build, *args, **kwargs)
        with journal.building():
            found.rows.insert()
        journal.position = found.name
        return found.result.take(args, kwargs)

    return built


def _build(step: str, build: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run the builder; from the second call on, keep its rows."""
    journal.calls[step] += 1
    name, rows = journal.new_name(), None
    with journal.building():
        before = Snapshot() if journal.calls[step] > 1 else None
        result = build(*args, **kwargs)
        rows = before.rows_since() if before else None
    if rows:
        journal.kept[step] = Replay(rows, Copy.of(result, args, kwargs), name)
    journal.position = name
    return result


def _step(build: Callable[..., Any], args: Any, kwargs: Any) -> str | None:
    """Return a digest of everything that decides a builder's rows; None if an argument cannot be compared."""
    around = (
        journal.position,
        connection.settings_dict["NAME"],
        clock._pinned.get(),
        settings.LISTENERS["event"],
    )
    try:
        return digest_of(around, build.__module__, build.__qualname__, args, kwargs)
    except NotComparable:
        return None


def _writes(sql: str) -> bool:
    return any(word in sql.replace("FOR UPDATE", "").replace("FOR NO KEY UPDATE", "") for word in WRITING)
