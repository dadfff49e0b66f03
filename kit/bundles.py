"""Several statements in one round trip, for a page that is made of many small lists.

    rows = Bundle(memos=Statement(…), tags=Statement(…)).read(submission=pk, label=pk)
    rows["memos"], rows["tags"]

Each list comes as JSON and is read back column by column into what Django would have loaded.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kit.statements import Statement, run

M = TypeVar("M", bound=models.Model)
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


class Part(Protocol):
    """What a bundle can hold: an expression of SQL that is one JSON value, and what makes something of that value."""

    names: list[str]
    prepares: bool

    @property
    def json_sql(self) -> str: ...

    def from_json(self, value: Any) -> Any: ...


class RowsPart:
    """The rows of a statement as JSON, in its order: an array of each row's slices."""

    def __init__(self, statement: Statement[Any]) -> None:
        self._statement, self.names, self.prepares = statement, statement.names, statement.prepares
        found = [(position, _decoder(field)) for position, field in enumerate(statement.fields)]
        self._decoders = [(position, decoder) for position, decoder in found if decoder]

    @property
    def json_sql(self) -> str:
        return self._agg_sql("")

    def _agg_sql(self, cast: str) -> str:
        names = [f"c{number}" for number in range(len(self._statement.fields))]
        slices = [f"json_build_array({', '.join(each)})" for each in _slices(names)]
        rows = f"({self._statement.sql}) AS part ({', '.join(names)})"
        return f"(SELECT json_agg(json_build_array({', '.join(slices)}){cast}) FROM {rows})"  # noqa: S608  # Django's SQL

    def from_json(self, value: Any) -> list[Any]:
        """Return the objects of the statement, or the rows of one of `values_list()`."""
        return [self._object_of(slices) for slices in value or ()]

    def _object_of(self, slices: Any) -> Any:
        row = _decoded(list(chain(*slices)), self._decoders)
        return self._statement.object_of(row) if self._statement.makes_objects else row


class TextRow(Generic[M]):
    """A row as the text of its JSON, which becomes an object where one is needed: equal texts are equal rows."""

    def __init__(self, text: str, read: Callable[[Any], M]) -> None:
        self.text, self._read = text, read

    @cached_property
    def object(self) -> M:
        return self._read(json.loads(self.text))


class TextRowsPart(RowsPart):
    """The rows of a statement as `TextRow`s."""

    @property
    def json_sql(self) -> str:
        return self._agg_sql("::text")

    def from_json(self, value: Any) -> list[TextRow[Any]]:
        return [TextRow(text, self._object_of) for text in value or ()]


class Bundle:
    """Statements and counts that are read as one, by name; threads may share it."""

    def __init__(self, **parts: "Statement[Any] | Part") -> None:
        self._parts: dict[str, Part] = {
            name: RowsPart(part) if isinstance(part, Statement) else part for name, part in parts.items()
        }
        self.sql = "SELECT " + ", ".join(part.json_sql for part in self._parts.values())
        self._text_sql = "SELECT " + ", ".join(f"({part.json_sql})::text" for part in self._parts.values())
        self.names = [name for part in self._parts.values() for name in part.names]
        self._prepares = all(part.prepares for part in self._parts.values())

    def read(self, **values: Any) -> dict[str, Any]:
        """Run them and return the objects of each, or the counts."""
        [found] = run(self.sql, [values[name] for name in self.names], prepares=self._prepares)
        return self._made_of(found)

    def read_texts(self, **values: Any) -> tuple[str, ...]:
        """Run them and return their JSON unread, for `from_texts`: the same texts are always the same objects."""
        [found] = run(self._text_sql, [values[name] for name in self.names], prepares=self._prepares)
        return tuple(found)

    def from_texts(self, texts: tuple[str, ...]) -> dict[str, Any]:
        """Return the objects of each."""
        return self._made_of([json.loads(text) if text else None for text in texts])

    def _made_of(self, found: Sequence[Any]) -> dict[str, Any]:
        return {
            name: part.from_json(value)
            for (name, part), value in zip(self._parts.items(), found, strict=True)
        }


def keep_lists(owner: models.Model, **lists: list[Any]) -> None:
    """Let related lists of an object be these, as if they had been prefetched."""
    for name, rows in lists.items():
        found = getattr(owner, name).all()
        found._result_cache = rows
        vars(owner).setdefault("_prefetched_objects_cache", {})[name] = found


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
