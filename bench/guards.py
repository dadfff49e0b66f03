"""The guards of tables, taken down while rows that hold are written in great numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

GUARDS = """
SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
WHERE tgrelid::regclass::text = ANY(%s) AND NOT tgisinternal
"""
HISTORY = ("submissions_submission", "submissions_event", "submissions_revision", "submissions_offer")


@contextmanager
def unguarded(owner: psycopg.Connection[Any], tables: tuple[str, ...]) -> Iterator[None]:
    """Switch the guards of these tables off for a while, on a connection of their owner in autocommit."""
    guards = guards_of(owner, tables)
    for table, name, _ in guards:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}".encode())
    yield
    for table, name, _ in guards:
        owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}".encode())


def guards_of(raw: psycopg.Connection[Any], tables: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return table, name and state of each guard; "A" is one that stands, whoever writes."""
    return raw.execute(GUARDS, [list(tables)]).fetchall()
