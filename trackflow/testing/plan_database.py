"""A large database for tests of query plans: filled once, then kept for as long as its key holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from trackflow.testing.databases import TestDatabases, use

PREFIX = "trackflow_plans_"
KEPT = 2


@contextmanager
def kept_database(databases: TestDatabases, key: str, fill: Callable[[], None]) -> Iterator[None]:
    """Point Django at the database of this key, which `fill` fills at first; nobody may change it for good."""
    name, before = PREFIX + key, connection.settings_dict["NAME"]
    with psycopg.connect(databases.owner, autocommit=True) as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        if name not in _names(maintenance):
            _forget_old(maintenance)
            with databases.clone() as draft:
                fill()
                use(draft)  # which closes what `fill` opened
                _execute(maintenance, "ALTER DATABASE {} RENAME TO {}", draft, name)
    use(name)
    try:
        yield
    finally:
        use(before)


def _names(maintenance: psycopg.Connection[Any]) -> list[str]:
    """Return the databases that are kept, oldest first."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
    return [name for (name,) in maintenance.execute(query, [PREFIX])]


def _forget_old(maintenance: psycopg.Connection[Any]) -> None:
    for old in _names(maintenance)[: 1 - KEPT]:
        with suppress(psycopg.errors.ObjectInUse):
            _execute(maintenance, "DROP DATABASE {}", old)


def _execute(maintenance: psycopg.Connection[Any], statement: Any, *names: str) -> None:
    maintenance.execute(SQL(statement).format(*map(Identifier, names)))
