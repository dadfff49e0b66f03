"""The queue page without its rows: tabs, chips, filter and counts."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from desk.bulk.action_table import in_bar
from desk.models import Proposal
from desk.outbox.due_warnings import warning_words
from desk.queue.listing import Listing
from desk.saved_views.access import views_statement
from desk.saved_views.page import bar_context_of
from desk.search.controls import label_choices_of
from desk.search.query import Query
from desk.search.rows import filter_rows, in_states
from kit.bundles import Bundle
from kit.counts import CAP, CappedCounts, capped_counts, display_count
from kit.routes import url_for
from kit.statements import param
from labels.choices import Role, Status
from labels.intakes.rule_words import STANDING
from labels.models import Label
from submissions.models import Submission
from submissions.query_words import ANY, ASKED, ME, SIDES, STATE_WORDS
from submissions.state_machine import STATES

MINE = Query(assignee=ME)
WAITING_QUESTIONS = Query(states=(ASKED,))
TAB_NAMES = {
    "us": "Our turn",
    "them": "Their turn",
    "releases": "Releases",
    "nobody": "Done",
    ANY: "Everything",
}


@dataclass(frozen=True)
class Tab:
    """A link to a part of the queue, with its count, capped at a thousand."""

    name: str
    href: str
    count: int
    is_current: bool
    state: str = ""

    @property
    def shown(self) -> str:
        return display_count(self.count)


@dataclass(frozen=True)
class QueueParts:
    """Links to the parts of a queue, with counts."""

    tabs: list[Tab]
    chips: list[Tab]
    total: int
    proposals: str
    mine: Tab
    asked: Tab
    late: str

    @property
    def etag(self) -> str:
        """Eight hex digits that change with what the links show."""
        shown = [(each.name, each.shown) for each in (*self.tabs, *self.chips, self.mine, self.asked)]
        return sha256(repr((shown, self.proposals)).encode()).hexdigest()[:8]


def parts_of(query: Query, user: User, label: Label) -> QueueParts:
    """Return links to the parts of a member's queue, with counts; links keep the rest of the query. One query."""
    return _parts(query, label, _counts().read(user=user.pk, label=label.pk))


def parts_beside_views(listing: Listing) -> QueueParts:
    """Return the same, and read the saved views on the way if nobody did yet. One query."""
    user, label, access = listing.user, listing.desk.label, listing.view_access
    if access.is_loaded:
        return parts_of(listing.query, user, label)
    found = _counts_and_views().read(user=user.pk, label=label.pk)
    access.load(found["views"])
    return _parts(listing.query, label, found["counts"])


def _parts(query: Query, label: Label, found: list[int]) -> QueueParts:
    *counts, in_outbox, late, mine, asked = found
    counted = dict(zip(STATE_WORDS.values(), counts, strict=True))
    desk, side = url_for("desk:queue", label.slug), query.side
    own_tab = "" if ASKED in query.states else side
    tabs = [_tab(word, query, desk, _counts_on_side(word, counted), word == own_tab) for word in SIDES]
    chips = [
        _chip(state, query, desk, count, side) for state, count in _counts_on_side(side, counted).items()
    ]
    used = [chip for chip in chips if chip.count or chip.is_current]
    queue = Tab("My queue", desk + MINE.url, mine, query == MINE)
    waiting = Tab(
        "Questions waiting", desk + WAITING_QUESTIONS.url, asked, query.states == WAITING_QUESTIONS.states
    )
    return QueueParts(tabs, used, sum(counts), display_count(in_outbox), queue, waiting, warning_words(late))


@cache
def _counts() -> CappedCounts:
    """Return the statement that counts states, the outbox, what is late in it, the member's own queue, questions."""
    user, label = param("user"), param("label")
    rows = Submission.objects.at_desk(user, label)
    by_state = [rows.filter(state=state) for state in STATE_WORDS.values()]
    proposals = Proposal.objects.open().for_desk(user, label)
    own, asked = (filter_rows(rows, query, user, label) for query in (MINE, WAITING_QUESTIONS))
    return CappedCounts([*by_state, proposals, proposals.warned(), own, asked])


@cache
def _counts_and_views() -> Bundle:
    return Bundle(counts=_counts(), views=views_statement())


def elsewhere_of(listing: Listing) -> list[Tab]:
    """Return the other tabs under which a list's query finds something, with how much. One query."""
    query, desk = listing.query, url_for("desk:queue", listing.desk.label.slug)
    others = {side: query.with_values(ball=side, states=()) for side in SIDES if side != ANY}
    counts = capped_counts([in_states(listing.in_any_state, other) for other in others.values()])
    found = zip(others.items(), counts, strict=True)
    return [Tab(TAB_NAMES[side], desk + other.url, count, False) for (side, other), count in found if count]


def _counts_on_side(side: str, counted: dict[str, int]) -> dict[str, int]:
    return {state: count for state, count in counted.items() if state in SIDES[side]}


def _tab(word: str, query: Query, desk: str, counted: dict[str, int], is_current: bool) -> Tab:
    href = desk + query.with_values(ball=word, states=()).url
    return Tab(TAB_NAMES[word], href, min(sum(counted.values()), CAP), is_current)


def _chip(state: str, query: Query, desk: str, count: int, side: str) -> Tab:
    is_current = state in query.states
    states = () if is_current and len(query.states) == 1 else (state,)
    href = desk + query.with_values(ball="" if states else side, states=states).url
    return Tab(STATES[state].desk_name, href, count, is_current, state)


def controls_of(listing: Listing) -> SafeString | str:
    """Return the filter's fields where an answer has to show them: "" for those that are on the page already."""
    search = listing.search
    is_shown = search.by_controls and (search.redraws or not search.is_valid)
    return search.controls(label_choices_of(listing.desk.label)) if is_shown else ""


def list_context_of(listing: Listing) -> dict[str, Any]:
    """Return the context of the list without its rows. One query."""
    desk, label = listing.desk, listing.desk.label
    shown = listing.query.text if listing.search.is_valid else None
    return {
        **bar_context_of(listing.view_access, shown),
        "standing": STANDING.get(Status(label.status), ""),
        "search": listing.search,
        "controls": controls_of(listing),
        "parts": parts_beside_views(listing),
        "listing": listing,
        "queue_url": url_for("desk:queue", label.slug),
        "is_manager": desk.at_least(Role.MANAGER),
        "bulk_acts": in_bar(desk.role),
        "is_reviewer": desk.at_least(Role.REVIEWER),
    }
