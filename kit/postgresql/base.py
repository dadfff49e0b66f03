"""Django's PostgreSQL backend, but that dead connections of the pool are thrown away at once.

The pool's own check (CONN_HEALTH_CHECKS) pauses for one second, then two, after each: longer than a page may take.
"""

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
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True
