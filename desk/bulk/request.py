"""Reading the query string of a bulk action's page: the action and its selection."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.action_table import ACTIONS, BulkAction
from desk.queue.listing import Listing
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.request import read_search
from desk.search.rows import Rows
from kit import codes
from kit.query.text import QueryError
from labels.access import Desk
from submissions.models import Submission

MOST_SELECTED = 200
"""Most references in a query string."""


class BulkRequestError(ValueError):
    """The query string cannot be read; says why in a sentence."""


@dataclass(frozen=True)
class BulkRequest:
    """An action on selected submissions, or on all that a query finds."""

    user: User
    desk: Desk
    act: BulkAct
    references: tuple[str, ...]
    query: Query | None
    data: QueryDict

    @property
    def words(self) -> BulkAction:
        return ACTIONS[self.act]

    @cached_property
    def rows(self) -> Rows:
        """The submissions, in the order of their list."""
        if self.references or self.query is None:
            rows = Submission.objects.at_desk(self.user, self.desk.label)
            return rows.filter(reference__in=self.references).order_by("submitted_at", "pk")
        listing = Listing(self.user, self.desk, read_search(QueryDict(self.query.url.removeprefix("?"))))
        return listing.rows.order_by(*listing.order)

    def url_with(self, **values: str) -> str:
        """Return the query string with these values changed."""
        data = self.data.copy()
        for name, value in values.items():
            data[name] = value
        return f"?{data.urlencode()}"


def read_bulk_request(data: QueryDict, user: User, desk: Desk) -> BulkRequest:
    """Read `act`, and either `pick` with references or `all` with a query `q`; raises BulkRequestError."""
    act = data.get("act", "")
    if act not in ACTIONS or act == BulkAct.RELEASE:
        raise BulkRequestError("Choose what to do with the selected demos.")
    if "all" in data:
        return BulkRequest(user, desk, BulkAct(act), (), _query(data.get("q", "")), data)
    references = tuple(dict.fromkeys(map(_reference, data.getlist("pick"))))
    if not references:
        raise BulkRequestError("Nothing is selected. Select demos, or all that match.")
    if len(references) > MOST_SELECTED:
        raise BulkRequestError(
            f"Select up to {MOST_SELECTED} at once, or narrow the filter and select all that match."
        )
    return BulkRequest(user, desk, BulkAct(act), references, None, data)


def _query(text: str) -> Query:
    try:
        return parse(text)
    except QueryError as error:
        raise BulkRequestError(" ".join(error.messages)) from error


def _reference(text: str) -> str:
    try:
        return codes.normalise("TF", text)
    except ValueError:
        raise BulkRequestError("This selection is damaged. Select again.") from None
