"""Telling an outage of the database from a fault in what we asked of it."""

from collections.abc import Iterator

import psycopg
from django.db import InterfaceError
from psycopg_pool import ConnectionPool, PoolTimeout

UNREACHABLE = frozenset({"53300", "57P01", "57P02", "57P03"})
"""SQLSTATEs, beside class 08: too many connections, shutting down, crashed, starting up (PostgreSQL, appendix A)."""


def is_outage(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, says that the database cannot be reached or hung up."""
    return any(map(_is_lost, _chain(error)))


def is_cut(error: BaseException | None) -> bool:
    """Whether a connection that had been there was lost; another may be had at once."""
    return is_outage(error) and not any(isinstance(each, PoolTimeout) for each in _chain(error))


def _is_lost(error: BaseException) -> bool:
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith("08") or error.sqlstate in UNREACHABLE


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that it came of."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def keep_trying(pool: ConnectionPool) -> None:
    """Begin another attempt to connect as long as somebody waits; the pool gives up each after a moment."""
    if pool.get_stats().get("requests_waiting"):
        pool.check()
