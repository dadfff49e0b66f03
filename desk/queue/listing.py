"""The queue as one member asked for it: what fits, in which order, and the address that says so."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Lower, NullIf
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from desk.models import Proposal, Tag
from desk.saved_views.access import Shelf
from desk.scores.visibility import with_score_visibility
from desk.search.query import Query
from desk.search.request import Asked, asked
from desk.search.rows import Rows, narrowed, order_of
from kit import pages
from kit.clock import now
from kit.pages import Page
from labels.access import Desk
from labels.models import Label
from submissions.models import Submission


def desk_rows(user: User, label: Label) -> Rows:
    """Return what lies on this member's desk."""
    return Submission.objects.at_desk(user, label)


def listed(rows: Rows, user: User) -> Rows:
    """Return rows with all that a list shows this member of them, `is_proposed` and `assignee_name` among it.

    Both are asked row by row: joins would be made before the page is cut off.
    """
    return with_marks(rows, user).annotate(assignee_name=_assignee_name())


def with_marks(rows: Rows, user: User) -> Rows:
    """Return rows that know what the team put on them: `is_proposed`, `tag_words`, and `shows_score`."""
    return with_score_visibility(with_tags(with_proposals(rows)), user)


def with_tags(rows: Rows) -> Rows:
    """Return rows that know the tags on them, by name: `tag_words`, each with id, name and hue."""
    hangs = Func(
        F("pk"),
        OuterRef("team_tags"),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    said = JSONObject(id="id", name="name", hue="hue")
    words = Tag.objects.filter(hangs).order_by(Lower("name"), "id").values(said=said)
    return rows.annotate(tag_words=ArraySubquery(words))


def with_proposals(rows: Rows) -> Rows:
    """Return rows that know whether a proposal waits: `is_proposed`."""
    return rows.annotate(is_proposed=_waiting_proposal())


def _waiting_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))


def _assignee_name() -> Subquery:
    """What `str(team_assignee)` says; None where nobody looks after it."""
    name = Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())
    return Subquery(User.objects.filter(pk=OuterRef("team_assignee")).values_list(name))


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
        rows = desk_rows(self.user, self.desk.label)
        found = narrowed(rows, self.query, self.user, self.desk.label)
        return found if self.asked.is_valid else found.none()

    def page(self, query: QueryDict) -> Page[Submission]:
        turning = self.asked.turning(query)
        return pages.page(listed(self.rows, self.user), turning, order=self.order, size=ROWS)

    def beside(self, submission: Submission, way: str, size: int = 1) -> Page[Submission]:
        """Return what comes "before" or "after" a submission, whether or not it still fits itself. One query."""
        query = QueryDict(self.suffix.removeprefix("?"), mutable=True)
        query[way] = pages.cursor(submission, self.order)
        rows = listed(self.rows, self.user) if size > 1 else self.rows
        return pages.page(rows, query, order=self.order, size=size)


def listing_of(request: HttpRequest, user: User, desk: Desk) -> Listing | None:
    """Return the list that this address names, None where it names none or one that nobody understands."""
    said = asked(request.GET) if "q" in request.GET else None
    return Listing(user, desk, said) if said and said.is_valid else None


@dataclass(frozen=True)
class Neighbours:
    """The submissions before and after; None at either end."""

    previous: Submission | None
    next: Submission | None


def neighbours_of(listing: Listing, submission: Submission) -> Neighbours:
    """Return the two around a submission. Two queries."""
    return Neighbours(
        _first(listing.beside(submission, "before").items),
        next_of(listing, submission),
    )


def next_of(listing: Listing, submission: Submission) -> Submission | None:
    """Return the submission after this one, by the values it had when it was fetched. One query."""
    return _first(listing.beside(submission, "after").items)


def window(listing: Listing, submission: Submission) -> tuple[Page[Submission], Neighbours]:
    """Return the part of the list that holds a submission, and its neighbours. Two queries."""
    above = listing.beside(submission, "before", ABOVE)
    below = listing.beside(submission, "after", ROWS - ABOVE)
    page = Page([*above.items, submission, *below.items], below.next_url, above.previous_url)
    return page, Neighbours(_first(above.items[::-1]), _first(below.items))


def _first(items: list[Submission]) -> Submission | None:
    return items[0] if items else None
