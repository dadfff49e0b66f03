"""The pool hands out connections that are alive, and asks nothing of those on which all is quiet."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import wait_for

LAST = "SELECT query FROM pg_stat_activity WHERE pid = %s"


def pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def other(committed_db: str, test_databases: TestDatabases) -> Iterator[psycopg.Connection[tuple[str]]]:
    with psycopg.connect(test_databases.runtime, dbname=committed_db, autocommit=True) as raw:
        yield raw


def test_dead_connection_is_thrown_away(other: psycopg.Connection[tuple[str]]) -> None:
    first = pid()
    connection.close()
    other.execute("SELECT pg_terminate_backend(%s)", [first])
    wait_for(lambda: other.execute(LAST, [first]).fetchone() is None, "the connection to end")
    assert pid() != first


def test_living_connection_is_asked_nothing(other: psycopg.Connection[tuple[str]]) -> None:
    first = pid()
    connection.close()
    connection.ensure_connection()
    assert connection.connection.info.backend_pid == first
    assert other.execute(LAST, [first]).fetchone() == ("SELECT pg_backend_pid()",)
