"""Large databases for query-plan tests: each filled once, kept between runs under a key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from trackflow.testing.databases import TestDatabases, use

PREFIX = "trackflow_plans_"
DATABASES_KEPT = 2  # of a kind


@contextmanager
def kept_database(databases: TestDatabases, key: str, fill: Callable[[], None]) -> Iterator[None]:
    """Point Django at the database of this key; `fill` fills it once. Tests must not commit to it.

    What stands before the key's last "_" is its kind: one kind does not push another out, nor wait for it.
    """
    name, before = PREFIX + key, connection.settings_dict["NAME"]
    with psycopg.connect(databases.owner, autocommit=True) as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(hashtext(%s))", [_kind(name)])
        if name not in (kept := _kept(maintenance, _kind(name))):
            _drop_old(maintenance, kept)
            with databases.clone() as draft:
                fill()
                use(draft)  # closes the connections that `fill` opened
                _execute(maintenance, "ALTER DATABASE {} RENAME TO {}", draft, name)
    use(name)
    try:
        yield
    finally:
        use(before)


def _kind(name: str) -> str:
    return name.rpartition("_")[0]


def _kept(maintenance: psycopg.Connection[Any], kind: str) -> list[str]:
    """Return the kept databases of a kind, oldest first."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
    return [name for (name,) in maintenance.execute(query, [PREFIX]) if _kind(name) == kind]


def _drop_old(maintenance: psycopg.Connection[Any], kept: list[str]) -> None:
    for old in kept[: 1 - DATABASES_KEPT]:
        with suppress(psycopg.errors.ObjectInUse):
            _execute(maintenance, "DROP DATABASE {}", old)


def _execute(maintenance: psycopg.Connection[Any], statement: Any, *names: str) -> None:
    maintenance.execute(SQL(statement).format(*map(Identifier, names)))
