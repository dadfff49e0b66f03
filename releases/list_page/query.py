"""The query of the list of releases, asked of rows."""

from datetime import date
from typing import ClassVar

from django.db.models import QuerySet

from kit.query.lists import ListQuery
from labels.models import Label
from releases.choices import State
from releases.list_page.conditions import ListContext, naming
from releases.list_page.term_table import BY_NAME
from releases.models import Release
from releases.models.release import DUE_ORDER
from releases.query_words import TermName
from releases.transition_table import LIVE

PAST = frozenset({State.RELEASED.value, State.CANCELLED.value})


class Query(ListQuery):
    """Without a state it is about what is still to come out."""

    known: ClassVar = BY_NAME

    @property
    def order(self) -> tuple[str, ...]:
        """What is over comes newest first, all else as it is due."""
        states = self.terms.get(TermName.STATE, ())
        return ("-date_order", "-id") if states and PAST.issuperset(states) else ("date_order", "id")

    def narrow(
        self, rows: QuerySet[Release], label: Label, *, today: date, lead_days: int
    ) -> QuerySet[Release]:
        """Return the rows that fit, of those that `by_date` has annotated."""
        rows = rows.annotate(due_order=DUE_ORDER)
        if TermName.STATE not in self.terms:
            rows = rows.filter(state__in=sorted(LIVE))
        context = ListContext(label, today, lead_days, self.terms)
        for name, value in self.terms.items():
            rows = rows.filter(BY_NAME[name].condition(value, context))
        context = ListContext(label, today, lead_days, self.excluded)
        for name, value in self.excluded.items():
            rows = rows.exclude(BY_NAME[name].condition(value, context))
        for word in self.words:
            rows = rows.filter(naming(word))
        for word in self.unwanted:
            rows = rows.exclude(naming(word))
        return rows
