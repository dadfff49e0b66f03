"""The queue as one member asked for it: what fits, in which order, and the address that says so."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from desk.queue import querysets
from desk.saved_views.access import Shelf
from desk.search.query import Query
from desk.search.request import Asked, asked
from desk.search.rows import Rows, narrowed, order_of
from kit import pages
from kit.clock import now
from kit.pages import Page
from labels.access import Desk
from submissions.models import Submission

ROWS = 50
OVERLAP = timedelta(seconds=2)
ABOVE = 8
"""How many rows a page shows above the one that the pane holds."""


@dataclass(frozen=True)
class Listing:
    """A narrowed and ordered queue; one that nobody understood is empty.

    `since`: what moves later arrives while it is looked at. A little before it is read, since what another
    transaction recorded just then may not have been there to read.
    """

    user: User
    desk: Desk
    asked: Asked
    since: datetime = field(default_factory=lambda: now() - OVERLAP)

    @cached_property
    def shelf(self) -> Shelf:
        """The saved views that lie beside it."""
        return Shelf(self.user, self.desk)

    @property
    def query(self) -> Query:
        return self.asked.query

    @property
    def suffix(self) -> str:
        """The query string that makes it."""
        return self.query.url

    @property
    def url(self) -> str:
        return reverse("desk:queue", args=[self.desk.label.slug]) + self.suffix

    @property
    def order(self) -> tuple[str, ...]:
        return order_of(self.query)

    @cached_property
    def rows(self) -> Rows:
        """What fits, without order."""
        desk_rows = querysets.desk_rows(self.user, self.desk.label)
        found = narrowed(desk_rows, self.query, self.user, self.desk.label)
        return found if self.asked.is_valid else found.none()

    def page(self, query: QueryDict) -> Page[Submission]:
        turning = self.asked.turning(query)
        return pages.page(querysets.listed(self.rows, self.user), turning, order=self.order, size=ROWS)

    def beside(self, submission: Submission, way: str, size: int = 1) -> Page[Submission]:
        """Return what comes "before" or "after" a submission, whether or not it still fits itself. One query."""
        query = QueryDict(self.suffix.removeprefix("?"), mutable=True)
        query[way] = pages.cursor(submission, self.order)
        rows = querysets.listed(self.rows, self.user) if size > 1 else self.rows
        return pages.page(rows, query, order=self.order, size=size)


def listing_of(request: HttpRequest, user: User, desk: Desk) -> Listing | None:
    """Return the list that this address names, None where it names none or one that nobody understands."""
    said = asked(request.GET) if "q" in request.GET else None
    return Listing(user, desk, said) if said and said.is_valid else None
