"""Keyset pagination: stable while rows are added, and as fast on page 1,000 as on page 1."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from kit.forms import CONTROL

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """A page of rows and the query strings of the next and previous page, "" if there is none."""

    items: list[M]
    next_url: str
    previous_url: str

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(rows: QuerySet[M], query: QueryDict, *, order: tuple[str, ...], size: int = 50) -> Page[M]:
    """Return the page that the cursor in `query` (`after` or `before`) asks for.

    `order` names non-null columns or annotations, all ascending or all descending ("-submitted_at", "-id"),
    the last one unique. Raises BadRequest (400) for an invalid cursor.
    """
    back = "before" in query
    at = query.get("before") or query.get("after")
    walk = tuple(_reverse(name) for name in order) if back else order
    found = rows.order_by(*walk)
    if at:
        found = found.filter(_after(walk, _decode(at, rows, order)))
    window = list(found[: size + 1])
    more, items = len(window) > size, window[:size]
    if back:
        items.reverse()
    has_next = bool(items) and (more if not back else bool(at))
    has_previous = bool(items) and (more if back else bool(at))
    return Page(
        items,
        _link(query, "after", items[-1], order) if has_next else "",
        _link(query, "before", items[0], order) if has_previous else "",
    )


def cursor(row: Model, order: tuple[str, ...]) -> str:
    """Return the cursor (`after` or `before`) of a row, which has the order's annotations."""
    return _encode([getattr(row, column.lstrip("-")) for column in order])


def _reverse(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    beyond, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    # redundant, but lets PostgreSQL start at the right place in the index
    first, way = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{way}": values[0]}) & beyond


def _link(query: QueryDict, name: str, row: Model, order: tuple[str, ...]) -> str:
    kept = query.copy()
    for word in ("after", "before"):
        kept.pop(word, None)
    kept[name] = cursor(row, order)
    return f"?{kept.urlencode()}"


def _encode(values: list[Any]) -> str:
    plain = [
        v.isoformat() if isinstance(v, date) else str(v) if isinstance(v, Decimal) else v for v in values
    ]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(text: str, rows: QuerySet[M], order: tuple[str, ...]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            raise ValueError(text)
        fields = [_field(rows, name.lstrip("-")) for name in order]
        return [_value(field, value) for field, value in zip(fields, values, strict=True)]
    except Exception as error:
        raise BadRequest("This page link is damaged. Go back to the first page.") from error


def _field(rows: QuerySet[M], name: str) -> Any:
    annotation = rows.query.annotations.get(name)
    return annotation.output_field if annotation else rows.model._meta.get_field(name)


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool | list | dict) or CONTROL.search(str(value)):
        raise ValueError(value)
    found = field.to_python(value)
    if isinstance(found, datetime) and found.tzinfo is None:
        raise ValueError(value)
    return found
