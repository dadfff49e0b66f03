"""The board: a person's projects in a column for each state, lately worked on first."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from accounts.models import User
from kit.counts import CAP, CappedCounts, display_count
from kit.statements import Statement, param
from studio.cards import Card, cards_of
from studio.choices import State
from studio.models import Project
from studio.state_form import StateForm

MOST_CARDS = 24


@dataclass(frozen=True)
class Column:
    """A state with the projects in it; `total` is capped."""

    state: State
    total: int
    cards: list[Card]

    @property
    def shown_total(self) -> str:
        return display_count(min(self.total, CAP))

    @property
    def has_more(self) -> bool:
        return self.total > len(self.cards)


def page_of(user: User) -> dict[str, Any]:
    """Return the context of the board. Three queries."""
    totals, cards = _totals(user), cards_of(_first_of_each(user))
    columns = [
        Column(state, totals[state], [card for card in cards if card.project.state == state][:MOST_CARDS])
        for state in State
    ]
    return {
        "here": "board",
        "columns": columns,
        "is_empty": not any(totals.values()),
        "states": State,
        "form": StateForm(),
    }


def _totals(user: User) -> dict[State, int]:
    """Return how many there are by state; each counts to a cap in what is one's own and in what is shared."""
    counts = _counts().read(user=user.pk)
    many = len(counts) // len(State)
    return {state: sum(counts[at * many : (at + 1) * many]) for at, state in enumerate(State)}


@cache
def _counts() -> CappedCounts:
    parts = Project.objects.current().parts_of(param("user"))
    return CappedCounts([rows.filter(state=state) for state in State for rows in parts])


def _first_of_each(user: User) -> list[Project]:
    """Return enough cards for each column, lately worked on first. One query, its parts each by an index."""
    found = _cards().all(user=user.pk)
    return sorted(found, key=lambda each: (each.touched_at, each.pk), reverse=True)


@cache
def _cards() -> Statement[Project]:
    user = param("user")
    shown = Project.objects.current().with_shown().with_level(user).order_by("-touched_at", "-id")
    parts = [rows.filter(state=state)[:MOST_CARDS] for state in State for rows in shown.parts_of(user)]
    return Statement(parts[0].union(*parts[1:], all=True))
