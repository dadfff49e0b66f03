"""Many rows of plain values, in PostgreSQL's binary format: bytes come as they are, not as hexadecimal digits."""

from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet


def binary_rows(values: QuerySet[Any, Any]) -> list[Any]:
    """Return what a `values_list` of columns finds, as tuples as psycopg reads them. One query.

    Twice as fast as Django for a hundred thousand. Values that a field would convert come as the database has them.
    """
    sql, params = values.query.sql_with_params()
    connection.ensure_connection()
    raw = psycopg.Cursor(connection.connection)
    raw.format = psycopg.pq.Format.BINARY
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrapped(raw) as cursor:  # type: ignore[arg-type]  # a plain cursor is enough
        cursor.execute(sql, params)
        return cursor.fetchall()
