"""Rows that tests begin with: made by the application's own code, then put back as they were.

A builder marked `@recorded` (a label with its team, a submission in a state) runs in full the first times that
something is asked of it. The second time its rows are kept; from the third on they are inserted again in one
round trip, with the same ids, times, salts and digests, as the runtime role and under all guards, which refuse
what the door could not have written. A test sees no row that it did not ask for.

That is done only where the outcome must be the same: in a test that is rolled back and that wrote nothing but
recorded rows so far, for the same arguments, at the same pinned time and with the same listeners. Elsewhere, and
when a recording is half a minute old, the builder runs as if it were not marked.
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
from trackflow.testing.arguments import Copy, Unknown, spelled
from trackflow.testing.rows import Notebook, Rows

P = ParamSpec("P")
R = TypeVar("R")
LIFETIME = 30
"""Seconds; a row made earlier could say "a minute ago" where a new one says "just now"."""
HARMLESS = ("SELECT", "WITH", "(SELECT", "SET CONSTRAINTS", "SHOW", "EXPLAIN")
WRITING = ("procrastinate", "submissions_redact", "nextval", "INSERT ", "UPDATE ", "DELETE ")
"""What makes a SELECT write; `FOR UPDATE` does not."""


@dataclass(frozen=True)
class Recording:
    """What a builder wrote and returned."""

    rows: Rows
    result: Copy
    name: str
    made: float = field(default_factory=time.monotonic)

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.made < LIFETIME


@dataclass
class Journal:
    """What this process's test has written so far: recorded steps alone, or other things too."""

    is_open: bool = False
    position: str | None = None
    """Names the recorded steps so far; None once anything else was written."""
    is_building: bool = False
    savepoints: list[tuple[str, str | None]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Recording] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def is_ready(self) -> bool:
        """Whether a builder that is called now may be answered from a recording."""
        return (
            self.is_open and not self.is_building and self.position is not None and connection.in_atomic_block
        )

    def begin(self, *, is_open: bool) -> None:
        """Start with an empty page; `is_open` for a test that is rolled back at its end."""
        self.is_open, self.position, self.is_building = is_open, "", False
        self.savepoints.clear()

    def watch(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Take note of a statement that Django runs; installed with `connection.execute_wrappers`."""
        if self.is_open and not self.is_building:
            self._note(str(sql).lstrip())
        return execute(sql, params, many, context)

    def _note(self, sql: str) -> None:
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
        """Leave out what is written meanwhile; whoever builds says afterwards where this has led."""
        self.is_building, self.position = True, None
        try:
            yield
        finally:
            self.is_building = False

    def new_name(self) -> str:
        """Return a name for rows that were made just now, and never again."""
        return str(next(self.numbers))


journal = Journal()


def recorded(build: Callable[P, R]) -> Callable[P, R]:
    """Mark a builder, whose rows depend on its arguments, the database, the clock and the listeners alone."""

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
    """Build, for a second time with an eye on what is written."""
    journal.asked[step] += 1
    name, rows = journal.new_name(), None
    with journal.building():
        notebook = Notebook() if journal.asked[step] > 1 else None
        result = build(*args, **kwargs)
        rows = notebook.rows_since() if notebook else None
    if rows:
        journal.kept[step] = Recording(rows, Copy.of(result, args, kwargs), name)
    journal.position = name
    return result


def _step(build: Callable[..., Any], args: Any, kwargs: Any) -> str | None:
    """Return a name for all that decides what a builder does; None where an argument cannot be compared."""
    around = (
        journal.position,
        connection.settings_dict["NAME"],
        clock._pinned.get(),
        settings.LISTENERS["event"],
    )
    try:
        return spelled(around, build.__module__, build.__qualname__, args, kwargs)
    except Unknown:
        return None


def _writes(sql: str) -> bool:
    return any(word in sql.replace("FOR UPDATE", "").replace("FOR NO KEY UPDATE", "") for word in WRITING)
