"""Telling an outage of the database from a fault in what we asked of it."""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import InterfaceError
from psycopg_pool import ConnectionPool, PoolTimeout

UNREACHABLE = frozenset({"53300", "57P01", "57P02", "57P03"})
"""SQLSTATEs, beside class 08: too many connections, shutting down, crashed, starting up (PostgreSQL, appendix A)."""
STUCK = frozenset({"53100", "53200", "55P03", "58030"})
"""SQLSTATEs: disk full, out of memory, a lock not had in time, a file that cannot be read or written."""


def is_outage(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, says that the database cannot be reached, hung up or is stuck."""
    return any(_is_lost(each) or _is_stuck(each) for each in _chain(error))


def is_cut(error: BaseException | None) -> bool:
    """Whether a connection that had been there was lost; another may be had at once."""
    found = list(_chain(error))
    return any(map(_is_lost, found)) and not any(
        isinstance(each, PoolTimeout) or _is_stuck(each) for each in found
    )


def _is_lost(error: BaseException) -> bool:
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith("08") or error.sqlstate in UNREACHABLE


def _is_stuck(error: BaseException) -> bool:
    return isinstance(error, psycopg.OperationalError) and error.sqlstate in STUCK


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that it came of."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def limit_waits(options: dict[str, Any], seconds: float) -> None:
    """Let the statements of a database's options wait so long for a lock; 0 sends no limit."""
    if seconds:
        options["options"] = f"{options.get('options', '')} -c lock_timeout={round(1000 * seconds)}".strip()


def keep_trying(pool: ConnectionPool) -> None:
    """Begin another attempt to connect as long as somebody waits; the pool gives up each after a moment."""
    if pool.get_stats().get("requests_waiting"):
        pool.check()
