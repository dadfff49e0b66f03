"""Links to the parts of a desk, with how much lies in each."""

from dataclasses import dataclass

from accounts.models import User
from desk.models import Proposal
from desk.query.query import Query
from desk.query.term_table import BALLS, STATE_WORDS
from kit.counting import capped_counts, shown
from labels.models import Label
from submissions.models import Submission
from submissions.state_table import STATES, ball_of, states_with

NAMES = {"us": "Our turn", "them": "Their turn", "nobody": "Done", "any": "Everything"}
WORD_OF_BALL = {ball: word for word, ball in BALLS.items()}


@dataclass(frozen=True)
class Tab:
    """A link that shows a part of the queue, with how much lies there, a thousand at most."""

    name: str
    href: str
    count: int
    is_current: bool
    state: str = ""

    @property
    def shown(self) -> str:
        return shown(self.count)


@dataclass(frozen=True)
class Parts:
    """The parts of a desk."""

    tabs: list[Tab]
    chips: list[Tab]
    total: int
    proposals: str


def parts_of(query: Query, user: User, label: Label) -> Parts:
    """Count a member's whole desk and return links to its parts; they keep the rest of the query. One query."""
    rows, side = Submission.objects.at_desk(user, label), side_of(query)
    states = [state for state in STATE_WORDS.values() if BALLS[side] in (None, ball_of(state))]
    sides = [rows.filter(state__in=sorted(states_with(ball))) if ball else rows for ball in BALLS.values()]
    by_state = [rows.filter(state=state) for state in states]
    counts = capped_counts([*sides, *by_state, Proposal.objects.open().for_desk(user, label)])
    by_side, proposals = dict(zip(BALLS, counts, strict=False)), counts.pop()
    tabs = [_tab(word, query, count, side) for word, count in by_side.items()]
    chips = [_chip(*each, query, side) for each in zip(states, counts[len(BALLS) :], strict=True)]
    used = [chip for chip in chips if chip.count or chip.is_current]
    return Parts(tabs, used, by_side["any"], shown(proposals))


def side_of(query: Query) -> str:
    """Return the side a query is about: as said, else that of its states, else ours."""
    sides = {WORD_OF_BALL[ball_of(state)] for state in query.states}
    implied = sides.pop() if len(sides) == 1 else "any" if sides else "us"
    return query.ball or implied


def _tab(word: str, query: Query, count: int, side: str) -> Tab:
    return Tab(NAMES[word], query.but(ball=word, states=()).url, count, word == side)


def _chip(state: str, count: int, query: Query, side: str) -> Tab:
    is_current = state in query.states
    states = () if is_current and len(query.states) == 1 else (state,)
    href = query.but(ball="" if states else side, states=states).url
    return Tab(STATES[state].desk_name, href, count, is_current, state)
