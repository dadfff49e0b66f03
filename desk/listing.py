"""The queue as one member asked for it: what fits, in which order, and the address that says so."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from desk import queue
from desk.filters import QueueFilter, Rows
from kit import pages
from kit.pages import Page
from labels.access import Desk
from submissions.models import Submission

ROWS = 50
ABOVE = 8
"""How many rows a page shows above the one that the pane holds."""


@dataclass(frozen=True)
class Listing:
    """A narrowed and ordered queue; `suffix` is the query string that makes it."""

    user: User
    desk: Desk
    form: QueueFilter
    suffix: str

    @property
    def url(self) -> str:
        return reverse("desk:queue", args=[self.desk.label.slug]) + self.suffix

    @property
    def order(self) -> tuple[str, ...]:
        return self.form.order_by

    @cached_property
    def rows(self) -> Rows:
        """What fits, without order."""
        return self.form.narrowed(queue.desk_rows(self.user, self.desk.label))

    def page(self, query: QueryDict) -> Page[Submission]:
        return pages.page(queue.listed(self.rows), query, order=self.order, size=ROWS)

    def beside(self, submission: Submission, way: str, size: int = 1) -> Page[Submission]:
        """Return what comes "before" or "after" a submission, whether or not it still fits itself. One query."""
        query = QueryDict(self.suffix.removeprefix("?"), mutable=True)
        query[way] = pages.cursor(submission, self.order)
        rows = queue.listed(self.rows) if size > 1 else self.rows
        return pages.page(rows, query, order=self.order, size=size)


def listing_of(request: HttpRequest, user: User, desk: Desk) -> Listing | None:
    """Return the list that this address names, None where it names none or one that nobody understands."""
    if "q" not in request.GET:
        return None
    genre = request.GET.get("genre", "")
    form = QueueFilter(request.GET, genres=[(genre, genre)])
    return Listing(user, desk, form, suffix_of(request.GET)) if form.is_valid() else None


def suffix_of(query: QueryDict) -> str:
    """Return a list's query string without its place in it."""
    kept = query.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    kept.setdefault("q", "")
    return f"?{kept.urlencode()}"
