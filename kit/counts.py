"""Counts of rows that stop at a cap, and shares."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from kit.statements import run, with_names

CAP = 1000
NONE = "SELECT 1 WHERE false"


def capped_counts(querysets: Sequence[QuerySet[Any]], cap: int = CAP) -> list[int]:
    """Return the number of rows of each queryset, at most `cap`; one query for all."""
    if not querysets:
        return []
    with connection.cursor() as cursor:
        columns, values = _capped(querysets, cap)
        cursor.execute(f"SELECT {columns}", values)
        return list(cursor.fetchone())


class CappedCounts:
    """The same for querysets with parameters (`kit.statements`), compiled once; threads may share it."""

    prepares = True

    def __init__(self, querysets: Sequence[QuerySet[Any]], cap: int = CAP) -> None:
        self._columns, self.names = with_names(*_capped(querysets, cap))

    def read(self, **values: Any) -> list[int]:
        """Return the counts for these values of the parameters."""
        [row] = run(f"SELECT {self._columns}", [values[name] for name in self.names])
        return list(row)

    @property
    def json_sql(self) -> str:
        """The counts as an array, for a bundle (`kit.bundles`)."""
        return f"json_build_array({self._columns})"

    def from_json(self, value: Any) -> list[int]:
        return list(value)


def display_count(count: int, cap: int = CAP) -> str:
    """Return a capped count as text: "999+" when the cap was reached."""
    return str(count) if count < cap else f"{cap - 1}+"


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole per cent, rounded to the nearest, halves up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def _capped(querysets: Sequence[QuerySet[Any]], cap: int) -> tuple[str, list[Any]]:
    """Return the columns of the statement that counts, and their values."""
    parts = [_limited(each, cap) for each in querysets]
    columns = [f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _ in parts]  # noqa: S608  # Django's SQL
    return ", ".join(columns), [value for _, values in parts for value in values]


def _limited(rows: QuerySet[Any], cap: int) -> tuple[str, Sequence[Any]]:
    try:
        sql, values = rows.order_by().values("pk")[:cap].query.sql_with_params()
    except EmptyResultSet:
        return NONE, ()
    return sql, values
