"""Several statements in one round trip, for a page that is made of many small lists.

    rows = Bundle(memos=Statement(…), tags=Statement(…)).read(submission=pk, label=pk)
    rows["memos"], rows["tags"]

Each list comes as JSON and is read back column by column into what Django would have loaded.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kit.statements import Statement, run

MOST_ARGUMENTS = 100
"""Of a function in PostgreSQL."""

Decoder = Callable[[Any], Any]
PLAIN = (
    models.IntegerField,  # with its relatives and automatic ones
    models.BooleanField,
    models.CharField,
    models.TextField,
    models.JSONField,
    ArrayField,  # of numbers and texts
)
DECODERS: tuple[tuple[type[models.Field[Any, Any]], Decoder], ...] = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.UUIDField, UUID),
    (models.BinaryField, lambda text: bytes.fromhex(text[2:])),
)


class Bundle:
    """Statements that are run as one, by name; threads may share it."""

    def __init__(self, **statements: Statement[Any]) -> None:
        self._lists = [(name, each, _decoders(each)) for name, each in statements.items()]
        self.sql = "SELECT " + ", ".join(_as_json(each) for each in statements.values())
        self.names = [name for each in statements.values() for name in each.names]

    def read(self, **values: Any) -> dict[str, list[Any]]:
        """Run them and return the objects of each."""
        [found] = run(self.sql, [values[name] for name in self.names])
        return {
            name: [statement.object_of(_decoded(list(chain(*row)), decoders)) for row in rows or ()]
            for (name, statement, decoders), rows in zip(self._lists, found, strict=True)
        }


def _as_json(statement: Statement[Any]) -> str:
    """Return an expression for a statement's rows as JSON, in its order: an array of each row's parts."""
    names = [f"c{number}" for number in range(len(statement.fields))]
    parts = [f"json_build_array({', '.join(part)})" for part in _slices(names)]
    listed = f"json_build_array({', '.join(parts)})"
    return f"(SELECT json_agg({listed}) FROM ({statement.sql}) AS part ({', '.join(names)}))"  # noqa: S608  # Django’s SQL


def _decoders(statement: Statement[Any]) -> list[tuple[int, Decoder]]:
    """Return the columns that JSON does not carry as they are, each with what reads it."""
    found = [(position, _decoder(field)) for position, field in enumerate(statement.fields)]
    return [(position, decoder) for position, decoder in found if decoder]


def _decoder(field: Any) -> Decoder | None:
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.DecimalField):
        return lambda value: round(Decimal(str(value)), field.decimal_places)
    for kind, decoder in DECODERS:
        if isinstance(field, kind):
            return decoder
    raise TypeError(f"No way is known to read {field!r} from JSON.")


def _decoded(row: list[Any], decoders: Sequence[tuple[int, Decoder]]) -> list[Any]:
    for position, decoder in decoders:
        if row[position] is not None:
            row[position] = decoder(row[position])
    return row


def _slices(names: list[str]) -> list[list[str]]:
    return [names[at : at + MOST_ARGUMENTS] for at in range(0, len(names), MOST_ARGUMENTS)]
