"""The query of the table of projects, asked of rows."""

from typing import ClassVar

from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from kit.clock import now
from kit.query.lists import ListQuery
from studio.list_page.conditions import ListContext, naming
from studio.list_page.term_table import BY_NAME, SORTS
from studio.models.project import SHARE_DONE, Project, ProjectQuerySet
from studio.query_words import TermName

USUAL_ORDER = "lately"
ORDERS = {"share_done": SHARE_DONE, "title_order": Lower(Coalesce("track__title", "title"))}
"""Annotations that some orders and terms are by."""


class Query(ListQuery):
    """Without anything it is all projects of a person and of the crews they are in, lately worked on first."""

    known: ClassVar = BY_NAME

    @property
    def order(self) -> tuple[str, ...]:
        return SORTS[self.terms.get(TermName.SORT, USUAL_ORDER)]

    @property
    def narrows(self) -> bool:
        return bool(self.without(TermName.SORT).text)

    def narrow(self, user: User) -> list[ProjectQuerySet]:
        """Return the projects that fit, the person's own and those shared with them, each by its own index."""
        context = ListContext(user, now().astimezone(user.zone).date())
        rows = Project.objects.current().with_shown().with_level(user).annotate(**ORDERS)
        rows = rows.filter(self._wanted(context))
        for name, value in self.excluded.items():
            rows = rows.exclude(BY_NAME[name].condition(value, context))
        for word in self.unwanted:
            rows = rows.exclude(naming(word, context))
        return rows.parts_of(user)

    def _wanted(self, context: ListContext) -> Q:
        found = Q()
        for name, value in self.terms.items():
            found &= BY_NAME[name].condition(value, context)
        for word in self.words:
            found &= naming(word, context)
        return found
