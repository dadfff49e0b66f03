"""A producer's list of submissions: tabs, search, cards and board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from catalog.models import Track
from kit import codes
from kit.bundles import Bundle
from kit.statements import Statement, param
from submissions.choices import Ball, State
from submissions.models import Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.producer_pages.cards import Card, cards, with_cards
from submissions.state_machine import states_with

TABS = {
    "all": ("All", [str(state) for state in State.values]),
    "yours": ("Your turn", states_with(Ball.PRODUCER)),
    "theirs": ("Their turn", states_with(Ball.LABEL)),
    "done": ("Done", states_with(Ball.NOBODY)),
    "drafts": ("Drafts", [State.DRAFT.value]),
}


@dataclass(frozen=True)
class Tab:
    word: str
    name: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Own:
    """A producer's submissions: all, or those that a search for `text` finds, or none where it is invalid."""

    user: User
    text: str = ""
    is_valid: bool = True

    @property
    def rows(self) -> SubmissionQuerySet:
        rows = Submission.objects.sent_by(self.user)
        if not self.is_valid:
            return rows.none()
        return rows.filter(_words(self.text)) if self.text else rows

    def by_state(self) -> dict[str, int]:
        """Return how many are in each state. One query."""
        if self._is_whole:
            found: Any = _by_state_of_all().rows(user=self.user.pk)
            return dict(found)
        return dict(_by_state(self.rows))

    def board(self) -> tuple[dict[str, int], Mapping[str, Iterable[Submission]]]:
        """Return how many are in each state, and the newest of each column. One query; with a search one for each."""
        if self._is_whole:
            columns = _board_of_all().read(user=self.user.pk)
            return dict(columns.pop(COUNTS)), columns
        return self.by_state(), _by_column(self.rows)

    @property
    def _is_whole(self) -> bool:
        return self.is_valid and not self.text


def own_of(track: Track) -> SubmissionQuerySet:
    """Return what its producer sent or began of a track."""
    return Submission.objects.filter(track=track)


def _by_state(rows: SubmissionQuerySet) -> QuerySet[Submission, tuple[str, int]]:
    return rows.order_by().values_list("state").annotate(Count("pk"))


def _by_column(rows: SubmissionQuerySet) -> dict[str, SubmissionQuerySet]:
    return {word: in_tab(rows, word).order_by(*NEWEST_FIRST)[:DEPTH] for word in COLUMNS}


@cache
def _by_state_of_all() -> Statement[Submission]:
    return Statement(_by_state(Own(param("user")).rows))


@cache
def _board_of_all() -> Bundle:
    rows = Own(param("user")).rows
    parts = {COUNTS: _by_state(rows), **_by_column(rows)}
    return Bundle(**{name: Statement(each) for name, each in parts.items()})


def tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """Return the tabs with their number of rows, which `Own.by_state` counts."""
    return [
        Tab(word, name, sum(counts.get(state, 0) for state in states), word == current)
        for word, (name, states) in TABS.items()
    ]


def in_tab(rows: SubmissionQuerySet, word: str) -> SubmissionQuerySet:
    """Return the rows of a tab, with what their cards need."""
    _, states = TABS[word]
    return with_cards(rows.filter(state__in=states))


def _words(text: str) -> Q:
    found = Q(title__icontains=text) | Q(mix__icontains=text) | Q(label__name__icontains=text)
    found |= Q(state=State.DRAFT) & (Q(track__title__icontains=text) | Q(track__mix__icontains=text))
    try:
        return found | Q(reference=codes.normalise("TF", text))
    except ValueError:
        return found | Q(reference__icontains=text)


COLUMNS = {
    "yours": ("accepted", "Nothing needs your answer."),
    "theirs": ("submitted", "No label owes you an answer."),
    "done": ("released", "Nothing finished yet."),
    "drafts": ("draft", ""),
}
"""The tabs that are columns, each with the state that gives its colour and its text when empty."""

COUNTS = "counts"
"""What stands beside the columns in what is read of a board."""
NEWEST_FIRST = ("-created_at", "-id")
DEPTH = 20


@dataclass(frozen=True)
class Column:
    tab: Tab
    state: str
    empty: str
    cards: list[Card]

    @property
    def has_more(self) -> bool:
        return self.tab.count > len(self.cards)


def columns(newest: Mapping[str, Iterable[Submission]], tabs: Sequence[Tab], at: datetime) -> list[Column]:
    """Return the columns, each with cards of its newest rows; drafts only if there are any. Queries as `cards`."""
    parts = {word: list(rows) for word, rows in newest.items()}
    everything = [each for part in parts.values() for each in part]
    found = {card.submission.pk: card for card in cards(everything, at)}
    by_word = {tab.word: tab for tab in tabs}
    shown_tabs = [word for word in COLUMNS if parts[word] or COLUMNS[word][1]]
    return [
        Column(by_word[word], *COLUMNS[word], [found[each.pk] for each in parts[word]]) for word in shown_tabs
    ]
