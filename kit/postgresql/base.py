"""Django's PostgreSQL backend, but that dead connections of the pool are thrown away at once.

The pool's own check (CONN_HEALTH_CHECKS) pauses for one second, then two, after each: longer than a page may take.
"""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that answers, or the last of as many as the pool may hold."""
        connection = super().get_new_connection(conn_params)
        if isinstance(self.pool, ConnectionPool):
            for _ in range(self.pool.max_size):
                if _answers(connection):
                    break
                self.pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
        return connection


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
