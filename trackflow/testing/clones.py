"""Clones of a database, made in advance and dropped in the background."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier

# Settings and rights of the database itself are not cloned.
CREATE: tuple[LiteralString, ...] = (
    "CREATE DATABASE {name} TEMPLATE {template}",
    "ALTER DATABASE {name} SET synchronous_commit = off",
    "REVOKE CREATE, TEMPORARY ON DATABASE {name} FROM PUBLIC",
)
# Waits for closing connections; FORCE would not wait, and the owner may not end the runtime role's.
DROP: tuple[LiteralString, ...] = ("DROP DATABASE IF EXISTS {name}",)


class Clones:
    """Creates and drops databases in a thread with its own connection.

    The first is created on demand; from the second on, the next one is created in advance. When none is in use,
    all are dropped.
    """

    def __init__(self, owner: str, template: str, names: Iterator[str]) -> None:
        self._owner, self._template, self._names = owner, template, names
        self._thread = ThreadPoolExecutor(1)
        self._connection: psycopg.Connection[Any] | None = None
        self._taken = 0
        self._ahead: Future[str] | None = None
        self._drops: list[Future[str]] = []

    def take(self) -> str:
        """Return the name of a fresh clone; raises errors of earlier drops."""
        done = [drop for drop in self._drops if drop.done()]
        self._drops = [drop for drop in self._drops if not drop.done()]
        for drop in done:
            drop.result()
        clone, self._ahead = self._ahead or self._make(), None
        name = clone.result()
        self._taken += 1
        if self._taken > 1:
            self._ahead = self._make()
        return name

    def give_back(self, name: str) -> None:
        """Drop a clone in the background."""
        self._drops.append(self._thread.submit(self._run, DROP, name))
        self._taken -= 1
        if self._taken == 0:
            self._finish()

    def _finish(self) -> None:
        if self._ahead:
            self._drops.append(self._thread.submit(self._run, DROP, self._ahead.result()))
        drops, self._drops, self._ahead = self._drops, [], None
        try:
            for drop in drops:
                drop.result()
        finally:
            self._thread.submit(self._disconnect).result()

    def _make(self) -> Future[str]:
        return self._thread.submit(self._run, CREATE, next(self._names))

    def _run(self, statements: tuple[LiteralString, ...], name: str) -> str:
        if self._connection is None:
            self._connection = psycopg.connect(self._owner, autocommit=True)
        names = {"name": Identifier(name), "template": Identifier(self._template)}
        for statement in statements:
            self._connection.execute(SQL(statement).format(**names))
        return name

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
