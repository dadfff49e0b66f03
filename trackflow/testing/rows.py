"""The rows inserted since a moment, as SQL that inserts them again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field

from submissions.models import Submission

SUBMISSIONS = Submission._meta.db_table
FOLLOWS = {
    "submissions_offer": ("submissions_event", "event_id"),
    "submissions_splitsheet": ("submissions_event", "event_id"),
    "submissions_share": ("submissions_splitsheet", "sheet_id"),
}
"""Tables whose rows are inserted right after the row that this column names, as the guards demand."""
EXCLUDED = ["procrastinate_events", "labels_membershipchange"]  # triggers write them again
TABLES = """
    SELECT t.relname, (SELECT attname::text FROM pg_attribute WHERE attrelid = t.oid AND attnum = k.indkey[0]),
        array_agg(c.attname::text ORDER BY c.attnum)
    FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid
        JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
        JOIN pg_attribute AS p ON p.attrelid = t.oid AND p.attnum = k.indkey[0] AND p.atttypid = 'bigint'::regtype
    WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relname <> ALL(%s)
        AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
    GROUP BY t.oid, t.relname, k.indkey ORDER BY t.relname"""
"""All tables with a bigint primary key: name, key, and columns that are not generated."""
Row = dict[str, str]  # a quoted literal per column


@dataclass(frozen=True)
class Rows:
    """SQL that inserts some rows, "" for none."""

    sql: str

    def __bool__(self) -> bool:
        return bool(self.sql)

    def insert(self) -> None:
        """Insert the rows again, in one round trip."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql)


class Snapshot:
    """The highest key of each table at a moment, and what this transaction had written by then."""

    def __init__(self) -> None:
        each = [f'(SELECT coalesce(max("{table.key}"), 0) FROM "{table.name}")' for table in _tables()]
        ((self.began, *self.keys),) = _fetch(f"SELECT pg_current_xact_id()::text, {', '.join(each)}", [])
        self.written = self._written()

    def rows_since(self) -> Rows | None:
        """Return the new rows; None if an earlier one was changed or deleted."""
        if self._written() != self.written:
            return None
        columns = {table.name: table.columns for table in _tables()}
        found = _fetch(" UNION ALL ".join(map(_new_query, _tables())), self.keys)
        rows = [(name, dict(zip(columns[name], values, strict=True))) for name, values in found]
        if any(row.get("answered_id", "NULL") != "NULL" for _, row in rows):
            return None  # a share is born without an answer
        return Rows(";\n".join(_insert_statements(rows)))

    def _written(self) -> list[tuple[Any, ...]]:
        began = int(self.began) % 2**32
        bounds = [bound for key in self.keys for bound in (key, began)]
        return sorted(_fetch(" UNION ALL ".join(map(_changed_query, _tables())), bounds))


class _Table(NamedTuple):
    name: str
    key: str
    columns: list[str]


@cache
def _tables() -> list[_Table]:
    return [_Table(*row) for row in _fetch(TABLES, [EXCLUDED])]


def _fetch(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _changed_query(table: _Table) -> str:
    """Return the query for the rows up to a key that were written since a transaction."""
    return f"""(SELECT '{table.name}', "{table.key}", ctid::text FROM "{table.name}"
        WHERE "{table.key}" <= %s AND xmin::text::bigint >= %s)"""


def _new_query(table: _Table) -> str:
    """Return the query for the rows above a key, oldest first, each column as a quoted literal."""
    literals = ", ".join(f'quote_nullable("{column}"::text)' for column in table.columns)
    return f"""(SELECT '{table.name}', ARRAY[{literals}] FROM "{table.name}"
        WHERE "{table.key}" > %s ORDER BY "{table.key}")"""


def _insert_statements(rows: list[tuple[str, Row]]) -> Iterator[str]:
    """Yield the statements: submissions are inserted as drafts and updated once their events are in."""
    sent = [row for name, row in rows if name == SUBMISSIONS and row["version"] != "'0'"]
    for row in sent:
        yield _insert(SUBMISSIONS, [row | _draft_columns()])
    for name, group in groupby(_in_order(rows), lambda pair: pair[0]):
        if others := [row for _, row in group if row not in sent]:
            yield _insert(name, others)
    for row in sent:
        yield from _submission_updates(row)


def _in_order(rows: list[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
    """Yield the rows, each followed by those of `FOLLOWS` that name it."""
    followers = defaultdict[tuple[str, str], list[tuple[str, Row]]](list)
    for name, row in rows:
        if name in FOLLOWS:
            table, column = FOLLOWS[name]
            followers[table, row[column]].append((name, row))

    def with_followers(name: str, row: Row) -> Iterator[tuple[str, Row]]:
        yield name, row
        for follower in followers[name, row.get("id", "")]:
            yield from with_followers(*follower)

    for name, row in rows:
        if name not in FOLLOWS:
            yield from with_followers(name, row)


def _submission_updates(row: Row) -> Iterator[str]:
    """Yield a submission's updates: one per event, as the guards demand."""
    first = {name: value for name, value in (row | {"version": "1"}).items() if name != "id"}
    names, values = ", ".join(f'"{name}"' for name in first), ", ".join(first.values())
    where = f'WHERE "id" = {row["id"]}'
    yield f'UPDATE "{SUBMISSIONS}" SET ({names}) = ({values}) {where}'
    for _ in range(int(row["version"].strip("'")) - 1):
        yield f'UPDATE "{SUBMISSIONS}" SET version = version + 1 {where}'


def _insert(name: str, rows: list[Row]) -> str:
    names = ", ".join(f'"{column}"' for column in rows[0])
    values = ",\n".join(f"({', '.join(row.values())})" for row in rows)
    return f'INSERT INTO "{name}" ({names}) VALUES {values}'


@cache
def _draft_columns() -> Row:
    """Return the default columns of an empty draft."""
    required = {"id", "reference", "producer", "label", "track", "intake", "created_at"}
    fields = [
        each for each in Submission._meta.concrete_fields if each.name not in required and not each.generated
    ]
    return {str(each.column): _default(each) for each in fields}


def _default(each: "Field[object, object]") -> str:
    value = each.get_default()
    if isinstance(value, list):
        return "'{}'"
    return "NULL" if value is None else f"'{value}'"
