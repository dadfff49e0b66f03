"""A producer's list of submissions: tabs, search, cards and board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, Subquery, prefetch_related_objects
from django.urls import reverse

from accounts.models import User
from catalog.models import Track
from kit import codes
from submissions import deadlines, wording
from submissions.choices import Ball, State, Transition
from submissions.expectations import deadline_words
from submissions.models import Event, Submission
from submissions.models.submission import SubmissionQuerySet
from submissions.state_machine import states_with
from submissions.transition_table import WAITING

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
class Card:
    """A submission in a list; `promised` is how long the label said an answer takes."""

    submission: Submission
    href: str
    since: str
    promised: str
    due: deadline_words.Due | None


def search_own(user: User, text: str = "") -> SubmissionQuerySet:
    """Return a producer's submissions, filtered by a search for `text`."""
    rows = Submission.objects.sent_by(user)
    return rows.filter(_words(text)) if text else rows


def own_of(track: Track) -> SubmissionQuerySet:
    """Return what its producer sent or began of a track."""
    return Submission.objects.filter(track=track)


def tabs(rows: SubmissionQuerySet, current: str) -> list[Tab]:
    """Return the tabs with their number of rows; one query."""
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [
        Tab(word, name, sum(counts.get(state, 0) for state in states), word == current)
        for word, (name, states) in TABS.items()
    ]


def in_tab(rows: SubmissionQuerySet, word: str) -> SubmissionQuerySet:
    """Return the rows of a tab, with what their cards need."""
    _, states = TABS[word]
    promise = Event.objects.filter(submission=OuterRef("pk"), transition=Transition.SUBMIT)
    in_tab_rows = rows.filter(state__in=states).select_related("label", "track")
    return in_tab_rows.annotate(promise_days=Subquery(promise.values("payload__promise_days")[:1]))


def cards(submissions: Sequence[Submission], at: datetime) -> list[Card]:
    """Return a card for each submission; a draft's links to its form.

    Expects them from `in_tab`, with their labels' suspensions prefetched. At most one query.
    """
    dues = _dues(submissions)
    return [_card(submission, dues[submission.pk], at) for submission in submissions]


def _words(text: str) -> Q:
    found = Q(title__icontains=text) | Q(mix__icontains=text) | Q(label__name__icontains=text)
    found |= Q(state=State.DRAFT) & (Q(track__title__icontains=text) | Q(track__mix__icontains=text))
    try:
        return found | Q(reference=codes.normalise("TF", text))
    except ValueError:
        return found | Q(reference__icontains=text)


def _card(submission: Submission, when: datetime | None, at: datetime) -> Card:
    name = "edit" if submission.is_draft else "submission"
    href = reverse(f"submissions:{name}", args=[submission.reference])
    since, due = deadline_words.since(submission, at), deadline_words.due(submission, when, at)
    return Card(submission, href, since, _promised(submission), due)


def _promised(submission: Submission) -> str:
    days: int | None = getattr(submission, "promise_days", None)
    return wording.span(timedelta(days=days)) if days and submission.state in WAITING else ""


def _dues(submissions: Iterable[Submission]) -> dict[int, datetime | None]:
    """Return the due dates; reads the histories only if a label was ever suspended."""
    dues = {each.pk: each.due_at for each in submissions}
    paused = {each.pk: each.label.pauses() for each in submissions if each.label.pauses()}
    histories: dict[int, list[Event]] = {pk: [] for pk in paused}
    if paused:
        for event in Event.objects.filter(submission__in=paused).order_by("submission_id", "sequence"):
            histories[event.submission_id].append(event)
    return dues | {pk: deadlines.read(events, paused[pk]).due for pk, events in histories.items()}


COLUMNS = {
    "yours": ("accepted", "Nothing waits for you."),
    "theirs": ("submitted", "No label owes you anything."),
    "done": ("released", "Nothing is over."),
    "drafts": ("draft", ""),
}
"""The tabs that are columns, each with the state that gives its colour and its text when empty."""

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
    """Return the columns, each with its newest cards; drafts only if there are any.

    One query per column, one for the labels' suspensions, and one for the histories if there are any.
    """
    parts = {word: list(in_tab(rows, word).order_by(*NEWEST_FIRST)[:DEPTH]) for word in COLUMNS}
    everything = [each for part in parts.values() for each in part]
    prefetch_related_objects(everything, "label__suspensions")
    found = {card.submission.pk: card for card in cards(everything, at)}
    by_word = {tab.word: tab for tab in tabs}
    shown_tabs = [word for word in COLUMNS if parts[word] or COLUMNS[word][1]]
    return [
        Column(by_word[word], *COLUMNS[word], [found[each.pk] for each in parts[word]]) for word in shown_tabs
    ]
