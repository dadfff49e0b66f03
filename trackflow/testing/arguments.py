"""Arguments and results of builders: compared by value, and copied without the caller's own rows."""

import hashlib
import io
import pickle
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

PLAIN = (str, int, float, bytes, Decimal, date, datetime, timedelta, UUID, type(None))


class NotComparable(TypeError):
    """A value of a type that cannot be compared by its digest."""


def digest_of(*values: Any) -> str:
    """Return a digest of plain values, collections and rows (by column); raises NotComparable for others."""
    return hashlib.sha256(repr(_plain(values)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Model):
        columns = [value.__dict__.get(field.attname) for field in value._meta.concrete_fields]
        return value._meta.label, _plain(columns)
    if isinstance(value, list | tuple):
        return type(value).__name__, [_plain(each) for each in value]
    if isinstance(value, dict):
        return "dict", [(_plain(key), _plain(value[key])) for key in value]
    raise NotComparable(type(value).__name__)


@dataclass(frozen=True)
class Copy:
    """A builder's result, pickled; rows passed as arguments stay the caller's own objects."""

    data: bytes

    @classmethod
    def of(cls, result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> "Copy":
        buffer = io.BytesIO()
        _Pickler(buffer, _rows(args, kwargs)).dump(result)
        return cls(buffer.getvalue())

    def take(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return a new copy that refers to these arguments in place of the original ones."""
        return _Unpickler(io.BytesIO(self.data), _rows(args, kwargs)).load()


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, rows: list[Model]) -> None:
        super().__init__(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        self.places = {id(row): place for place, row in enumerate(rows)}

    def persistent_id(self, value: Any) -> int | None:
        return self.places.get(id(value))


class _Unpickler(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, rows: list[Model]) -> None:
        super().__init__(buffer)
        self.rows = rows

    def persistent_load(self, place: int) -> Model:
        return self.rows[place]


def _rows(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Model]:
    return [value for value in (*args, *kwargs.values()) if isinstance(value, Model)]
