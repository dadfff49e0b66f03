"""The queue as a page shows it: tabs with counts, and rows with all that a list says of a submission."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef
from django.http import QueryDict

from accounts.models import User
from desk.filters import BALLS, EVERYTHING, STATE_CHOICES, Choices, QueueFilter, Rows
from desk.models import Proposal
from labels.models import Label
from submissions.models import Submission
from submissions.state_table import ball_of
from submissions.wording import genre_names


@dataclass
class Tally:
    """What lies on a desk: how many by state, which genres, how many open proposals."""

    by_state: Counter[str] = field(default_factory=Counter)
    genres: set[tuple[str, str]] = field(default_factory=set)
    proposals: int = 0

    @property
    def total(self) -> int:
        return self.by_state.total()


@dataclass(frozen=True)
class Tab:
    """A link that shows a part of the queue, with how much lies there."""

    name: str
    href: str
    count: int
    is_current: bool
    state: str = ""


def desk_rows(user: User, label: Label) -> Rows:
    """Return what lies on this member's desk."""
    return Submission.objects.at_desk(user, label)


def listed(rows: Rows) -> Rows:
    """Return rows with all that a list shows of them, `is_proposed` among it."""
    return rows.annotate(is_proposed=_waiting_proposal()).with_people()


def tally_of(rows: Rows) -> Tally:
    """Count the whole desk. One query."""
    tally = Tally()
    groups = rows.values_list("state", "genre", "subgenre", _waiting_proposal()).annotate(count=Count("pk"))
    for state, genre, subgenre, is_proposed, count in groups.order_by():
        tally.by_state[state] += count
        tally.genres.add((genre, subgenre))
        tally.proposals += count if is_proposed else 0
    return tally


def _waiting_proposal() -> Exists:
    return Exists(Proposal.objects.open().filter(submission=OuterRef("pk")))


def genre_choices(tally: Tally) -> Choices:
    """Return the genres that occur, each followed by its subgenres that do."""
    names = genre_names(slug for pair in tally.genres for slug in pair)
    parents = {genre: names[genre] for genre, _ in tally.genres if genre in names}
    parts = {
        sub: f"{names[genre]}: {names[sub]}" for genre, sub in tally.genres if genre in names and sub in names
    }
    return sorted((parents | parts).items(), key=lambda choice: choice[1].casefold())


def tabs_of(form: QueueFilter, tally: Tally, query: QueryDict) -> list[Tab]:
    """Return a tab for each side that may have the ball, and one for everything."""
    sides = Counter[str]({EVERYTHING: tally.total})
    for state, count in tally.by_state.items():
        sides[ball_of(state).value] += count
    shown = form.shown_ball
    return [Tab(name, _href(query, ball=ball), sides[ball], ball == shown) for ball, name in BALLS]


def chips_of(form: QueueFilter, tally: Tally, query: QueryDict) -> list[Tab]:
    """Return the states within the tab that hold something; the chosen one leads back to all of them."""
    chosen, ball = form.cleaned_data.get("state") or "", form.shown_ball
    chips = [_chip(state, name, chosen, ball, tally, query) for state, name in _states_in(ball)]
    return [chip for chip in chips if chip.count or chip.is_current]


def _chip(state: str, name: str, chosen: str, ball: str, tally: Tally, query: QueryDict) -> Tab:
    is_current = state == chosen
    href = _href(query, ball=ball, state="" if is_current else state)
    return Tab(name, href, tally.by_state[state], is_current, state)


def _states_in(ball: str) -> Iterable[tuple[str, str]]:
    return [(state, name) for state, name in STATE_CHOICES if ball in (EVERYTHING, ball_of(state))]


def _href(query: QueryDict, *, ball: str, state: str = "") -> str:
    """Return the query with another tab and state, from the first page on."""
    kept = query.copy()
    for name in ("after", "before", "ball", "state"):
        kept.pop(name, None)
    kept["ball"] = ball
    if state:
        kept["state"] = state
    return f"?{kept.urlencode()}"
