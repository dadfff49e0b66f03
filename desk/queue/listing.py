"""The queue as one member filters and orders it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.models import User
from desk.queue.annotations import with_list_annotations
from desk.queue.list_statements import (
    Listed,
    list_around,
    list_has,
    list_page,
    list_row,
    submission_of,
    with_place_in,
)
from desk.queue.place import placed
from desk.saved_views.access import ViewAccess
from desk.search.query import Query
from desk.search.request import SearchRequest, read_search
from desk.search.rows import Rows, in_states, matching, order_of
from kit import pages
from kit.clock import now
from kit.pages import Page
from kit.routes import url_for
from labels.access import Desk
from submissions.models import Submission

ROWS = 50
"""Rows of a page."""

ROWS_ABOVE = 8
"""Rows that a page shows above the open submission."""

OVERLAP = timedelta(seconds=2)


@dataclass(frozen=True)
class Listing:
    """A filtered and ordered queue; empty where the query is invalid.

    Submissions that move after `since` are newcomers to the page. It lies `OVERLAP` before the read: another
    transaction may have committed later than its timestamp says.
    """

    user: User
    desk: Desk
    search: SearchRequest
    since: datetime = field(default_factory=lambda: now() - OVERLAP)

    @cached_property
    def view_access(self) -> ViewAccess:
        """The saved views this member may use here."""
        return ViewAccess(self.user, self.desk)

    @property
    def query(self) -> Query:
        return self.search.query

    @property
    def suffix(self) -> str:
        """Its query string."""
        return self.query.url

    @property
    def url(self) -> str:
        return url_for("desk:queue", self.desk.label.slug) + self.suffix

    @property
    def order(self) -> tuple[str, ...]:
        return order_of(self.query)

    @cached_property
    def rows(self) -> Rows:
        """The submissions found, unordered."""
        found = in_states(self.in_any_state, self.query)
        return found if self.search.is_valid else found.none()

    @cached_property
    def in_any_state(self) -> Rows:
        """What the query would find in any state."""
        rows = Submission.objects.at_desk(self.user, self.desk.label)
        return matching(rows, self.query, self.user, self.desk.label)

    def page(self, query: QueryDict) -> Page[Listed]:
        return self._read(self.search.page_query(query), ROWS)

    def adjacent(self, submission: Submission, side: str, size: int = 1) -> Page[Listed]:
        """Return the rows "before" or "after" a submission, which need not be in the list itself. One query."""
        query = QueryDict(self.suffix.removeprefix("?"), mutable=True)
        query[side] = pages.cursor(submission, self.order)
        return self._read(query, size)

    def around(self, submission: Submission, above: int, below: int) -> tuple[Page[Listed], Page[Listed]]:
        """Return the rows on both sides of a submission. One query, or two where terms are built anew."""
        if self.search.is_valid:
            query = QueryDict(self.suffix.removeprefix("?"))
            desk, sizes = self.desk.label, {"above": above, "below": below}
            found = list_around(self.user, desk, self.query, submission, query, **sizes)
            if found is not None:
                return found
        return self.adjacent(submission, "before", above), self.adjacent(submission, "after", below)

    def has(self, submission: Submission) -> bool:
        """Whether it finds a submission. One query."""
        found = list_has(self.user, self.desk.label, self.query, submission) if self.search.is_valid else None
        return self.rows.filter(pk=submission.pk).exists() if found is None else found

    def row_of(self, reference: str) -> Submission | None:
        """Return a submission of the desk as a row shows it, with `fits`: whether it is found. One query, or two."""
        desk = self.desk.label
        found = list_row(self.user, desk, self.query, reference) if self.search.is_valid else None
        return found or with_place_in(self.rows, self.user, desk).filter(reference=reference).first()

    def _read(self, data: QueryDict, size: int) -> Page[Listed]:
        """Return a page; a single row is not shown, and has no annotations."""
        if self.search.is_valid:
            desk, is_shown = self.desk.label, size > 1
            page = list_page(self.user, desk, self.query, data, size=size, is_shown=is_shown)
            if page is not None:
                return page
        rows = with_list_annotations(self.rows, self.user) if size > 1 else self.rows
        found: Page[Any] = pages.page(rows, data, order=self.order, size=size)
        return found


def listing_of(request: HttpRequest, user: User, desk: Desk) -> Listing | None:
    """Return the list of the address's query, None without a query or with an invalid one."""
    search = read_search(request.GET) if "q" in request.GET else None
    return Listing(user, desk, search) if search and search.is_valid else None


@dataclass(frozen=True)
class Neighbours:
    """The previous and next submission of a list; None at either end."""

    previous: Submission | None
    next: Submission | None


def neighbours_of(listing: Listing, submission: Submission) -> Neighbours:
    """Return the submissions on either side. Queries as `Listing.around`, one more for what no longer fits."""
    before, after = listing.around(placed(submission, listing.query), 1, 1)
    return Neighbours(_first(before.items), _first(after.items))


def next_of(listing: Listing, submission: Submission) -> Submission | None:
    """Return the submission after this one, by its values as fetched. One query, one more for what no longer fits."""
    return _first(listing.adjacent(placed(submission, listing.query), "after").items)


def window(listing: Listing, submission: Submission) -> tuple[Page[Listed], Neighbours]:
    """Return the part of the list around a submission, and its neighbours. Queries as above."""
    place = placed(submission, listing.query)
    above, below = listing.around(place, ROWS_ABOVE, ROWS - ROWS_ABOVE)
    page = Page([*above.items, submission, *below.items], below.next_url, above.previous_url)
    return page, Neighbours(_first(above.items[::-1]), _first(below.items))


def _first(items: list[Listed]) -> Submission | None:
    return submission_of(items[0]) if items else None
