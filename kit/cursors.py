"""Cursors of keyset pages: the values of the row that a page begins after, as text."""

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet

from kit.forms import CONTROL


def encode(values: list[Any]) -> str:
    """Return a row's values as text for an address."""
    plain = [
        v.isoformat() if isinstance(v, date) else str(v) if isinstance(v, Decimal) else v for v in values
    ]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode(text: str, fields: list[Any]) -> list[Any]:
    """Return the values of these fields that a cursor holds. Raises BadRequest (400) for one that was not made here."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(fields):
            raise ValueError(text)
        return [_value(field, value) for field, value in zip(fields, values, strict=True)]
    except Exception as error:
        raise BadRequest("This page link is damaged. Go back to the first page.") from error


def fields_of(rows: QuerySet[Any], order: tuple[str, ...]) -> list[Any]:
    """Return the fields that an order is by."""
    return [_field(rows, name.lstrip("-")) for name in order]


def _field(rows: QuerySet[Any], name: str) -> Any:
    annotation = rows.query.annotations.get(name)
    return annotation.output_field if annotation else rows.model._meta.get_field(name)


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool | list | dict) or CONTROL.search(str(value)):
        raise ValueError(value)
    found = field.to_python(value)
    if isinstance(found, datetime) and found.tzinfo is None:
        raise ValueError(value)
    return found
