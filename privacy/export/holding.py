"""Rows of a table that belong to a person, read field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from privacy.export.page import Record, Section, without_blanks

Read = str | Callable[[Any], Any]
"""Names of fields joined by two underscores, or a function from the row."""


@dataclass(frozen=True)
class Holding:
    """What an export says of one table: which rows are the person's, which fields it shows, and why not the others.

    `mine` are lookups that lead to the person. `left_out` names each other field of the table with a reason; a test
    holds that none is forgotten.
    """

    model: str
    title: str
    mine: tuple[str, ...]
    fields: Mapping[str, Read]
    left_out: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    where: Q = field(default_factory=Q)
    said: str = ""

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, person: User) -> QuerySet[Any]:
        """Return the person's rows, the first ones first."""
        wanted = Q()
        for lookup in self.mine:
            wanted |= Q(**{lookup: person.pk})
        return (
            self.table._default_manager.filter(wanted, self.where)
            .select_related(*self.related)
            .order_by("pk")
        )


def section_of(holding: Holding, person: User) -> Section:
    """Return the person's rows of a table as a section. One query, and one more for each that a field asks."""
    rows = holding.rows(person).iterator(chunk_size=500)
    return Section(holding.title, [_record(row, holding.fields) for row in rows], holding.said)


def _record(row: Model, fields: Mapping[str, Read]) -> Record:
    return without_blanks({name: read(row, each) for name, each in fields.items()})


def read(row: Model, what: Read) -> Any:
    """Return a value of a row: of a choice its words, of a relation that leads nowhere None."""
    if callable(what):
        return what(row)
    *way, last = what.split("__")
    target: Any = row
    for name in way:
        target = getattr(target, name)
        if target is None:
            return None
    words = getattr(target, f"get_{last}_display", None)
    return str(words()) if words else getattr(target, last)
