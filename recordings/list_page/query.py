"""The query of the list of recordings, asked of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q, QuerySet

from kit.query.lists import ListQuery
from recordings.access import SeenShelf
from recordings.list_page.conditions import ListContext, has_all, has_any, is_named
from recordings.list_page.term_table import BY_NAME, SORTS
from recordings.models import Recording
from recordings.models.search_index import ORDERS
from recordings.query_words import TermName

USUAL_ORDER = "newest"


@dataclass(frozen=True)
class Chip:
    """A part of a query, and the text of the query without it."""

    text: str
    rest: str


class Query(ListQuery):
    """Without anything it is all recordings, newest first."""

    known: ClassVar = BY_NAME

    @property
    def order(self) -> tuple[str, ...]:
        return SORTS[self.terms.get(TermName.SORT, USUAL_ORDER)]

    @property
    def chips(self) -> list[Chip]:
        """Everything that narrows the list, in the order in which it is written."""
        found = self.without(TermName.SORT).parts
        rest = [" ".join(each for each in self.parts if each != part) for part in found]
        return [Chip(part, without) for part, without in zip(found, rest, strict=True)]

    def narrow(self, rows: QuerySet[Recording], shelves: Sequence[SeenShelf]) -> list[QuerySet[Recording]]:
        """Return the rows that fit, one list for each shelf that is searched, so that an index serves each."""
        context = ListContext(tuple(shelves))
        fits = self._condition(context)
        names = self.terms.get(TermName.SHELF)
        asked = [each.shelf for each in shelves if names is None or is_named(each, names)]
        found = rows.annotate(**ORDERS).filter(fits)
        return [found.filter(shelf=shelf) for shelf in asked] or [found.none()]

    def _condition(self, context: ListContext) -> Q:
        found = Q()
        for name, value in self.terms.items():
            if name != TermName.SHELF:
                found &= BY_NAME[name].condition(value, context)
        for name, value in self.excluded.items():
            found &= ~BY_NAME[name].condition(value, context)
        if self.words:
            found &= has_all(self.words, context)
        return found & ~has_any(self.unwanted, context) if self.unwanted else found
