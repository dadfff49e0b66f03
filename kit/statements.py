"""Statements compiled once.

Django builds the SQL of a queryset anew each time, which takes longer than running it. A `Statement` is built once in a
process, from a queryset in which each value that differs from one time to the next has a name:

    @cache
    def tracks_of() -> Statement[Track]:
        return Statement(Track.objects.filter(owner=param("owner")))

    tracks = tracks_of().all(owner=user.pk)

It keeps SQL and names, never a value, so nothing that one person was shown can reach another.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Parameter(Expression):
    """Stands for a value in a queryset; in the statement's values it stands for itself until it is bound."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []


def param(name: str, output_field: Field[Any, Any] | None = None) -> Any:
    """Return a stand-in for a value; of rows it stands for their primary key."""
    return Parameter(name, output_field)


@Field.register_lookup
class AmongArray(Lookup[Any]):
    """`pk__among=param("pks")`: one of a list of values, of any length, in one statement."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        listed, more = self.process_rhs(compiler, connection)
        return f"{column} = ANY({listed})", (*values, *more)


class Statement(Generic[M]):
    """A queryset's SQL with what makes rows or objects of its answer; may be shared by threads."""

    def __init__(self, rows: QuerySet[M, Any]) -> None:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.values = compiler.as_sql()
        selected = [column for column, _, _ in compiler.select]
        self._converters = compiler.get_converters(selected)
        self._compiler = compiler
        if info := compiler.klass_info:
            self._prepare_objects(compiler, info)

    def _prepare_objects(self, compiler: Any, info: dict[str, Any]) -> None:
        """Note where in a row the columns of the model, of related rows and of annotations are, as Django does."""
        positions = info["select_fields"]
        self._model, self._own = info["model"], slice(positions[0], positions[-1] + 1)
        self._names = [column.target.attname for column, _, _ in compiler.select[self._own]]
        self._related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
        self._annotations = list((compiler.annotation_col_map or {}).items())

    def bound(self, values: dict[str, Any]) -> list[Any]:
        """Return the statement's values in order; raises KeyError for one that is missing."""
        return bound(self.values, values)

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """Run it and return the rows, for querysets of `values_list()` too."""
        found = run(self.sql, self.bound(values))
        return list(self._compiler.apply_converters(found, self._converters)) if self._converters else found

    def all(self, **values: Any) -> list[M]:
        """Run it and return the objects."""
        return [self._object(row) for row in self.rows(**values)]

    def first(self, **values: Any) -> M | None:
        """Run it and return the first object, None if there is none."""
        return next(iter(self.all(**values)), None)

    def _object(self, row: Sequence[Any]) -> M:
        found: M = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for related in self._related:
            related.populate(row, found)
        for name, position in self._annotations:
            setattr(found, name, row[position])
        return found


def bound(listed: Iterable[Any], values: dict[str, Any]) -> list[Any]:
    """Return values with each parameter replaced by what it is named after."""
    return [values[each.name] if isinstance(each, Parameter) else each for each in listed]


def run(sql: str, values: Sequence[Any]) -> list[Any]:
    """Run a statement and return all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
