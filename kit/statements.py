"""Statements compiled once, and prepared.

Django builds the SQL of a queryset anew each time, and PostgreSQL plans it anew; both take longer than to run it. A
`Statement` is built once in a process, from a queryset in which each value that differs from one time to the next has a
name:

    @cache
    def tracks_of() -> Statement[Track]:
        return Statement(Track.objects.filter(owner=param("owner")))

    tracks = tracks_of().all(owner=user.pk)

It keeps SQL and names, never a value, so nothing that one person was shown can reach another. All other values stand in
its SQL, so that the planner knows them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Lookup, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.signals import post_init, pre_init
from psycopg.sql import Literal

M = TypeVar("M", bound=Model)
PLACES = re.compile("(%[%s])")


class Parameter(Expression):
    """Stands for a value in a queryset; in the statement's values it stands for itself."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []

    @property
    def pk(self) -> "Parameter":
        """Itself: what stands for a row stands for its primary key."""
        return self


def param(name: str, output_field: Field[Any, Any] | None = None) -> Any:
    """Return a stand-in for a value; of a row it stands for the primary key."""
    return Parameter(name, output_field)


@Field.register_lookup
class Among(Lookup[Any]):
    """`pk__among=param("pks")`: one of a list of values, of any length, in one statement."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        listed, more = self.process_rhs(compiler, connection)
        return f"{column} = ANY({listed})", (*values, *more)


class Statement(Generic[M]):
    """A queryset's SQL, with what makes rows or objects of its answer; threads may share it."""

    def __init__(self, rows: QuerySet[M, Any], *, prepares: bool = True) -> None:
        """Not preparing it lets the planner see each value: where one finds a few rows and another thousands."""
        self.prepares = prepares
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.names = with_names(*compiler.as_sql())
        selected = [column for column, _, _ in compiler.select]
        self.fields = [column.output_field for column in selected]
        self._converters = list(compiler.get_converters(selected).items())
        iterable: Any = rows._iterable_class
        self.makes_objects = iterable is ModelIterable
        if info := compiler.klass_info:
            self._prepare_objects(compiler, info)

    def _prepare_objects(self, compiler: Any, info: dict[str, Any]) -> None:
        """Note where in a row the columns of the model, of related rows and of annotations are, as Django does."""
        positions = info["select_fields"]
        self._model, self._own = info["model"], slice(positions[0], positions[-1] + 1)
        self._columns = [column.target.attname for column, _, _ in compiler.select[self._own]]
        populators: Any = get_related_populators
        self._related = populators(info, compiler.select, DEFAULT_DB_ALIAS)
        _speed_up(self._related)
        self._maker = _maker_of(self._model)
        self._annotations = list((compiler.annotation_col_map or {}).items())

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """Run it and return the rows: for querysets of `values_list()`. Raises KeyError for a missing value."""
        found = run(self.sql, [values[name] for name in self.names], prepares=self.prepares)
        return [self._converted(row) for row in found] if self._converters else found

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        changed = list(row)
        for position, (converters, expression) in self._converters:
            for convert in converters:
                changed[position] = convert(changed[position], expression, connection)
        return changed

    def all(self, **values: Any) -> list[M]:
        """Run it and return the objects."""
        return [self.object_of(row) for row in self.rows(**values)]

    def first(self, **values: Any) -> M | None:
        """Run it and return the first object, None if there is none."""
        return next(iter(self.all(**values)), None)

    def count(self, **values: Any) -> int:
        """Return how many rows it finds."""
        sql = f"SELECT count(*) FROM ({self.sql}) AS counted"  # noqa: S608  # Django's SQL
        [(number,)] = run(sql, [values[name] for name in self.names], prepares=self.prepares)
        return int(number)

    def object_of(self, row: Sequence[Any]) -> M:
        """Return the object of a row."""
        found: M = self._maker.from_db(DEFAULT_DB_ALIAS, self._columns, row[self._own])
        for related in self._related:
            related.populate(row, found)
        for name, position in self._annotations:
            setattr(found, name, row[position])
        return found


class _Maker:
    """Makes objects of a model as its `from_db` does, but without `__init__`, which costs more than the query."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def from_db(self, database: str, columns: Sequence[str], values: Sequence[Any]) -> Any:
        found = self._model.__new__(self._model)
        found.__dict__.update(zip(columns, values, strict=True))
        found._state = ModelState()
        found._state.adding, found._state.db = False, database
        return found


def _maker_of(model: type[Model]) -> Any:
    """Return the model itself where something of its own happens when an object is made."""
    is_plain = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]  # a class method has it
    is_heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return _Maker(model) if is_plain and not is_heard else model


def _speed_up(populators: Iterable[Any]) -> None:
    for each in populators:
        each.model_cls = _maker_of(each.model_cls)
        _speed_up(each.related_populators)


def with_names(sql: str, values: Iterable[Any]) -> tuple[str, list[str]]:
    """Return SQL in which only named values are left open, and their names in order."""
    names = list[str]()
    return "".join(_parts(sql, iter(values), names)), names


def _parts(sql: str, values: Iterator[Any], names: list[str]) -> Iterator[str]:
    for part in PLACES.split(sql):
        value = next(values) if part == "%s" else None
        if part != "%s":
            yield part
        elif isinstance(value, Parameter):
            names.append(value.name)
            yield part
        else:
            yield Literal(value).as_string(connection.connection).replace("%", "%%")


def run(sql: str, values: Sequence[Any], *, prepares: bool = True) -> list[Any]:
    """Run a statement and return all rows."""
    wrapper: Any = connection  # of `kit.postgresql`
    with wrapper.preparing_cursor() if prepares else wrapper.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
