"""Keyset pagination: stable while rows are added, and as fast on page 1,000 as on page 1."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from kit import cursors
from kit.bundles import Bundle, TextRow, TextRowsPart
from kit.cursors import fields_of
from kit.statements import Statement, param

M = TypeVar("M", bound=Model)
R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """A page of rows and the query strings of the next and previous page, "" if there is none."""

    items: list[R]
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

    def read(walk: tuple[str, ...], values: list[Any]) -> list[M]:
        return list(_walked(rows, walk, values)[: size + 1])

    return _page(read, query, fields_of(rows, order), order, size)


def page_of_parts(
    parts: Sequence[QuerySet[M]], query: QueryDict, *, order: tuple[str, ...], size: int = 50
) -> Page[M]:
    """Return the same of several lists without common rows, each read by its own index. One query."""

    def read(walk: tuple[str, ...], values: list[Any]) -> list[M]:
        first, *others = [_walked(rows, walk, values)[: size + 1] for rows in parts]
        found = first.union(*others, all=True).order_by(*walk)[: size + 1] if others else first
        return list(found)

    return _page(read, query, fields_of(parts[0], order), order, size)


class PageStatements(Generic[M]):
    """The statements of a list's pages, each compiled when it is first asked for; threads may share it."""

    def __init__(
        self, rows: QuerySet[M], *, order: tuple[str, ...], size: int = 50, prepares: bool = True
    ) -> None:
        self._rows, self._order, self._size, self._prepares = rows, order, size, prepares
        self._fields = fields_of(rows, order)
        self._built: dict[tuple[tuple[str, ...], bool], Statement[M]] = {}

    def page(self, query: QueryDict, **named: Any) -> Page[Any]:
        """Return the same as `page`; `named` are the values of the statement's parameters."""

        def read(walk: tuple[str, ...], values: list[Any]) -> list[Any]:
            at = {f"at{number}": value for number, value in enumerate(values)}
            return self._rows_of(self._statement(walk, len(values)), {**named, **at})

        return _page(read, query, self._fields, self._order, self._size)

    def _rows_of(self, statement: Statement[M], values: dict[str, Any]) -> list[Any]:
        return statement.all(**values)

    def _statement(self, walk: tuple[str, ...], many: int) -> Statement[M]:
        key = (walk, bool(many))
        if key not in self._built:
            rows = _walked(self._rows, walk, _places(many))
            self._built[key] = Statement(rows[: self._size + 1], prepares=self._prepares)
        return self._built[key]


class TextPageStatements(PageStatements[M]):
    """The same for pages of `TextRow`s."""

    def __init__(self, rows: QuerySet[M], **options: Any) -> None:
        super().__init__(rows, **options)
        self._bundles: dict[Statement[M], Bundle] = {}

    def _rows_of(self, statement: Statement[M], values: dict[str, Any]) -> list[Any]:
        if statement not in self._bundles:
            self._bundles[statement] = Bundle(rows=TextRowsPart(statement))
        found: list[TextRow[M]] = self._bundles[statement].read(**values)["rows"]
        return found


class PageBundles(Generic[M]):
    """A list's pages, each read together with what belongs to its rows; threads may share it."""

    def __init__(
        self,
        rows: QuerySet[M],
        beside: Callable[[QuerySet[M, Any]], dict[str, QuerySet[Any, Any]]],
        *,
        order: tuple[str, ...],
        size: int = 50,
    ) -> None:
        """`beside` returns, for the primary keys of a page's rows, the querysets of what is read with them."""
        self._rows, self._beside, self._order, self._size = rows, beside, order, size
        self._fields = fields_of(rows, order)
        self._built: dict[tuple[tuple[str, ...], bool], Bundle] = {}

    def read_texts(self, query: QueryDict, **named: Any) -> tuple[str, ...]:
        """Return what the database says of a page (`kit.bundles`). One query."""
        bundle, values = self._bundle(query)
        return bundle.read_texts(**named, **{f"at{number}": value for number, value in enumerate(values)})

    def from_texts(self, texts: tuple[str, ...], query: QueryDict) -> tuple[Page[M], dict[str, list[Any]]]:
        """Return the page, and the lists of what belongs to its rows."""
        found = self._bundle(query)[0].from_texts(texts)
        return _finished(found.pop("rows"), query, self._order, self._size), found

    def _bundle(self, query: QueryDict) -> tuple[Bundle, list[Any]]:
        walk, values = _place(query, self._order, self._fields)
        key = (walk, bool(values))
        if key not in self._built:
            window = _walked(self._rows, walk, _places(len(values)))[: self._size + 1]
            parts = {"rows": window, **self._beside(window.values("pk"))}
            self._built[key] = Bundle(**{name: Statement(each) for name, each in parts.items()})
        return self._built[key], values


class AroundStatement(Generic[M]):
    """The statement for what stands before and after a row of a list; threads may share it."""

    def __init__(
        self, rows: QuerySet[M], *, order: tuple[str, ...], above: int, below: int, prepares: bool = True
    ) -> None:
        self._order, self._above, self._below, places = order, above, below, _places(len(order))
        before = _walked(rows, _reversed(order), places)[: above + 1]
        after = _walked(rows, order, places)[: below + 1]
        self._bundle = Bundle(
            before=TextRowsPart(Statement(before, prepares=prepares)),
            after=TextRowsPart(Statement(after, prepares=prepares)),
        )

    def read(self, row: Model, query: QueryDict, **named: Any) -> tuple[Page[Any], Page[Any]]:
        """Return as many rows (`TextRow`) before this one, and after it, as `page` would from its cursor. One query."""
        values = [getattr(row, name.lstrip("-")) for name in self._order]
        found = self._bundle.read(**named, **{f"at{number}": value for number, value in enumerate(values)})
        before, after = ({**query.dict(), word: cursor(row, self._order)} for word in ("before", "after"))
        return (
            _finished(found["before"], _query_of(before), self._order, self._above),
            _finished(found["after"], _query_of(after), self._order, self._below),
        )


def _query_of(values: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def _places(many: int) -> list[Any]:
    return [param(f"at{number}") for number in range(many)]


def _walked(rows: QuerySet[M], walk: tuple[str, ...], values: list[Any]) -> QuerySet[M]:
    found = rows.order_by(*walk)
    return found.filter(_after(walk, values)) if values else found


def _page(
    read: Callable[[tuple[str, ...], list[Any]], list[R]],
    query: QueryDict,
    fields: list[Any],
    order: tuple[str, ...],
    size: int,
) -> Page[R]:
    return _finished(read(*_place(query, order, fields)), query, order, size)


def _place(query: QueryDict, order: tuple[str, ...], fields: list[Any]) -> tuple[tuple[str, ...], list[Any]]:
    """Return which way a page is read, and the values of the row it begins after."""
    at = query.get("before") or query.get("after")
    walk = _reversed(order) if "before" in query else order
    return walk, cursors.decode(at, fields) if at else []


def _finished(window: list[R], query: QueryDict, order: tuple[str, ...], size: int) -> Page[R]:
    """Return the page of what was read, which is one row more than its size if there are more."""
    back, at = "before" in query, query.get("before") or query.get("after")
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


def cursor(row: Any, order: tuple[str, ...]) -> str:
    """Return the cursor (`after` or `before`) of a row, which has the order's annotations."""
    row = row.object if isinstance(row, TextRow) else row
    return cursors.encode([getattr(row, column.lstrip("-")) for column in order])


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    beyond, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column, lookup = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{column}__{lookup}": value})
        equal &= Q(**{column: value})
    # redundant, but lets PostgreSQL start at the right place in the index
    first, way = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{way}": values[0]}) & beyond


def _link(query: QueryDict, name: str, row: Any, order: tuple[str, ...]) -> str:
    kept = query.copy()
    for word in ("after", "before"):
        kept.pop(word, None)
    kept[name] = cursor(row, order)
    return f"?{kept.urlencode()}"
