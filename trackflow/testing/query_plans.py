"""Query plans of a page's statements, from EXPLAIN (ANALYZE), and their faults."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

LARGE = 1000
"""Tables with more rows than this must be read by an index."""
SORTED = 5000
"""The most rows that a page may sort."""


@dataclass(frozen=True)
class QueryPlan:
    """A query with its plan."""

    sql: str
    plan: dict[str, Any]
    large: frozenset[str]

    def faults(self) -> Iterator[str]:
        """Yield faults: sequential scans of large tables, sorts of many rows."""
        for node in self.nodes:
            kind, table = node["Node Type"], node.get("Relation Name")
            if kind == "Seq Scan" and table in self.large:
                yield f"reads all of {table}: {self.sql}"
            if kind == "Sort" and (rows := _rows(node["Plans"][0])) > SORTED:
                yield f"sorts {rows} rows: {self.sql}"

    def expected_faults(self) -> Iterator[str]:
        """Yield the same of a plan that was not run, by the planner's estimates."""
        for node in self.nodes:
            kind, table = node["Node Type"], node.get("Relation Name")
            if kind == "Seq Scan" and table in self.large:
                yield f"reads all of {table}: {self.sql}"
            if kind == "Sort" and node["Plans"][0]["Plan Rows"] > SORTED:
                yield f"sorts {node['Plans'][0]['Plan Rows']} rows: {self.sql}"

    @cached_property
    def nodes(self) -> list[dict[str, Any]]:
        return list(_walk(self.plan))

    @property
    def touched(self) -> int:
        """Rows read by the largest scan, filtered ones included."""
        scans = [node for node in self.nodes if "Scan" in node["Node Type"]]
        return max((_rows(node) + _removed_rows(node) for node in scans), default=0)


def explain(statements: list[str]) -> list[QueryPlan]:
    """Run the SELECTs among the statements again and return their plans."""
    large = frozenset(_large())
    with connection.cursor() as cursor:
        return [
            QueryPlan(each, _plan(cursor, each), large)
            for each in statements
            if each.startswith(("SELECT", "WITH", "(SELECT")) and "FOR " not in each
        ]


def plans_of_prepared() -> list[QueryPlan]:
    """Return the plans that this connection's prepared statements have for any values; they are not run."""
    large = frozenset(_large())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("SELECT name, cardinality(parameter_types), statement FROM pg_prepared_statements")
        found = [(name, many, sql) for name, many, sql in cursor.fetchall() if "FOR NO KEY" not in sql]
        return [QueryPlan(sql, _generic_plan(cursor, name, many), large) for name, many, sql in found]


def _generic_plan(cursor: Any, name: str, many: int) -> dict[str, Any]:
    values = f"({', '.join(['NULL'] * many)})" if many else ""
    cursor.execute(f'EXPLAIN (FORMAT JSON) EXECUTE "{name}"{values}')
    (answer,) = cursor.fetchone()
    found: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return found


def _plan(cursor: Any, sql: str) -> dict[str, Any]:
    cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)
    (answer,) = cursor.fetchone()
    found: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return found


def _large() -> Iterator[str]:
    with connection.cursor() as cursor:
        query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s"
        cursor.execute(query, [LARGE])
        yield from (name for (name,) in cursor.fetchall())


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _walk(child)


def _rows(node: dict[str, Any]) -> int:
    return int(node["Actual Rows"] * node["Actual Loops"])


def _removed_rows(node: dict[str, Any]) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(removed * node["Actual Loops"])
