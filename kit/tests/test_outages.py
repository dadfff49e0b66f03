"""Which errors are outages, and which of these a new connection may mend."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from kit.outages import is_cut, is_outage, limit_waits


def raised(cause: Exception) -> Exception:
    """Return Django's error over the driver's."""
    error = OperationalError("It failed.")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "is_mended_by_another_connection"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.DiskFull(), False),
        (psycopg.errors.OutOfMemory(), False),
        (psycopg.errors.LockNotAvailable(), False),
        (psycopg.errors.IoError(), False),
        (PoolTimeout(), False),
    ],
)
def test_outage_is_told_from_a_fault(cause: Exception, is_mended_by_another_connection: bool) -> None:
    assert is_outage(raised(cause))
    assert is_cut(raised(cause)) == is_mended_by_another_connection


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.QueryCanceled(),
        psycopg.errors.UniqueViolation(),
        InterfaceError("cursor already closed"),
        None,
    ],
)
def test_our_own_fault_is_no_outage(error: Exception | None) -> None:
    assert not is_outage(error)
    assert not is_cut(error)


def test_limit_of_waiting_stands_beside_other_options() -> None:
    options = {"options": "-c geqo=off"}
    limit_waits(options, 1.25)
    assert options["options"] == "-c geqo=off -c lock_timeout=1250"
    untouched: dict[str, str] = {}
    limit_waits(untouched, 0)
    assert untouched == {}
