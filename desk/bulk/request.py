"""What the address of a bulk action's first page asks for."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.action_table import ACTS, ActWords
from desk.queue.listing import Listing, desk_rows
from desk.search.parser import QueryError, parse
from desk.search.query import Query
from desk.search.request import asked
from desk.search.rows import Rows
from kit import codes
from labels.access import Desk

MOST_PICKED = 200
"""Ticks that an address has room for."""


class AskError(ValueError):
    """Nobody can tell what is to be done; says why in a sentence."""


@dataclass(frozen=True)
class Ask:
    """An act on picked submissions, or on all that a query finds."""

    user: User
    desk: Desk
    act: BulkAct
    picks: tuple[str, ...]
    query: Query | None
    data: QueryDict

    @property
    def words(self) -> ActWords:
        return ACTS[self.act]

    @cached_property
    def rows(self) -> Rows:
        """What it is about, in the order of the list it was picked from."""
        if self.picks or self.query is None:
            picked = desk_rows(self.user, self.desk.label).filter(reference__in=self.picks)
            return picked.order_by("submitted_at", "pk")
        listing = Listing(self.user, self.desk, asked(QueryDict(self.query.url.removeprefix("?"))))
        return listing.rows.order_by(*listing.order)

    def url_with(self, **changed: str) -> str:
        """Return the query string that asks for the same, but for what is changed."""
        data = self.data.copy()
        for name, value in changed.items():
            data[name] = value
        return f"?{data.urlencode()}"


def ask_of(data: QueryDict, user: User, desk: Desk) -> Ask:
    """Read an address: `act`, and either `pick` with references or `all` with a query `q`; raises AskError."""
    act = data.get("act", "")
    if act not in ACTS or act == BulkAct.RELEASE:
        raise AskError("Choose what is to be done with the selection.")
    if "all" in data:
        return Ask(user, desk, BulkAct(act), (), _query(data.get("q", "")), data)
    picks = tuple(dict.fromkeys(map(_reference, data.getlist("pick"))))
    if not picks:
        raise AskError("Nothing is selected. Tick what you mean, or take all that match.")
    if len(picks) > MOST_PICKED:
        raise AskError(f"Tick up to {MOST_PICKED} at once, or narrow the filter and take all that match.")
    return Ask(user, desk, BulkAct(act), picks, None, data)


def _query(text: str) -> Query:
    try:
        return parse(text)
    except QueryError as error:
        raise AskError(" ".join(error.messages)) from error


def _reference(text: str) -> str:
    try:
        return codes.normalise("TF", text)
    except ValueError:
        raise AskError("This selection is damaged. Select again.") from None
