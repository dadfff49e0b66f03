"""A producer's submissions as a board: a column for each whose turn it is, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from submissions.models.queries import SubmissionQuerySet
from submissions.producer_pages import listing
from submissions.producer_pages.listing import Card, Tab

COLUMNS = {
    "yours": ("accepted", "Nothing waits for you."),
    "theirs": ("submitted", "No label owes you anything."),
    "done": ("released", "Nothing is over."),
    "drafts": ("draft", ""),
}
"""The tabs that are columns, each with the state whose colour it wears and what it says when empty."""

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


def columns(rows: SubmissionQuerySet, tabs: Sequence[Tab], at: datetime) -> list[Column]:
    """Return the columns, each with its newest cards; drafts only where there are any.

    A query for each column, one for the labels' suspensions, and one for the histories of labels that had
    any.
    """
    parts = {word: list(listing.in_tab(rows, word).order_by(*NEWEST_FIRST)[:DEPTH]) for word in COLUMNS}
    everything = [each for part in parts.values() for each in part]
    prefetch_related_objects(everything, "label__suspensions")
    found = {card.submission.pk: card for card in listing.cards(everything, at)}
    by_word = {tab.word: tab for tab in tabs}
    shown = [word for word in COLUMNS if parts[word] or COLUMNS[word][1]]
    return [Column(by_word[word], *COLUMNS[word], [found[each.pk] for each in parts[word]]) for word in shown]
