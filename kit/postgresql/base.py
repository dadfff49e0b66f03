"""Django's PostgreSQL backend, with three things more.

Dead connections of the pool are thrown away at once: the pool's own check (CONN_HEALTH_CHECKS) pauses for one second,
then two, after each, which is longer than a page may take.

Statements that are compiled once (`kit.statements`) are prepared: the server parses and plans each once in a
connection, unless the option `prepares` is off. Slow ones are logged (`kit.slow_queries`).
"""

import select
from typing import Any, cast

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg_pool import ConnectionPool

from kit.slow_queries import log_slow

MOST_PREPARED = 200
"""Statements that a connection keeps, of some 100 KB each; the one used longest ago is dropped for another."""


class PreparingCursor(base.ServerBindingCursor):
    """Prepares what it executes, at the first time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{"prepare": True, **options})  # type: ignore[misc]  # psycopg's


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """Return a prepared statement with its values, for logs."""
        if isinstance(cursor, PreparingCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    prepares: bool = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(log_slow)

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self.prepares = params.pop("prepares", True)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that answers, or the last of as many as the pool may hold."""
        connection = super().get_new_connection(conn_params)
        if isinstance(self.pool, ConnectionPool):
            for _ in range(self.pool.max_size):
                if _answers(connection):
                    break
                self.pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
        connection.prepare_threshold = (
            0  # None, as Django sets it, would forbid; its own cursors never prepare
        )
        connection.prepared_max = MOST_PREPARED
        return connection

    def preparing_cursor(self) -> Any:
        """Return a cursor that prepares, or a usual one where the option `prepares` is off."""
        self.ensure_connection()
        if not self.prepares:
            return self.cursor()
        wrapper, cursor_class = cast("Any", self), cast("Any", PreparingCursor)
        with self.wrap_database_errors:
            return wrapper._prepare_cursor(cursor_class(self.connection))


def _answers(connection: Any) -> bool:
    """Whether a connection is alive. Only one on which the server said something unasked is asked by a statement."""
    if not _has_news(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True


def _has_news(connection: Any) -> bool:
    """Whether there is something to read from a connection at rest: a goodbye, its end, or some notice."""
    if connection.closed:
        return True
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    return bool(socket.poll(0))
