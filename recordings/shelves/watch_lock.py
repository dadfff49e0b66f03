"""One watcher for each shelf, by an advisory lock that the database drops when the watcher dies."""

from types import TracebackType
from typing import Any, Self

import psycopg
from procrastinate.contrib.django.utils import connector_params

LOCK = 0x5E20
"""First half of the lock's key; the shelf is the second."""


class WatchLock:
    """Holds a shelf's lock on a connection of its own; `is_held` is False if another watcher has it."""

    def __init__(self, shelf_id: int) -> None:
        self.key = [LOCK, shelf_id % 2**31]
        self.is_held = False

    def __enter__(self) -> Self:
        self._connection: psycopg.Connection[Any] = psycopg.connect(**connector_params(), autocommit=True)
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s, %s)", self.key).fetchone()
        self.is_held = bool(row and row[0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def check(self) -> None:
        """Raise psycopg's OperationalError if the connection is lost, and the lock with it."""
        self._connection.execute("SELECT 1")
