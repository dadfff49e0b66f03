"""A producer's list of submissions: tabs, search, cards and board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from accounts.models import User
from catalog.models import Track
from kit import codes
from kit.bundles import Bundle
from kit.routes import url_for
from kit.statements import Statement, param
from labels.models import Suspension
from submissions import deadlines, wording
from submissions.choices import Ball, State, Transition
from submissions.expectations import deadline_words
from submissions.models import Event, Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.next_steps import NextStep, card_step
from submissions.preflight.conflicts import coming_after
from submissions.state_machine import states_with
from submissions.transition_table import WAITING

TABS = {
    "all": ("All", [str(state) for state in State.values]),
    "yours": ("Your turn", states_with(Ball.PRODUCER)),
    "theirs": ("Their turn", states_with(Ball.LABEL)),
    "done": ("Done", states_with(Ball.NOBODY)),
    "drafts": ("Drafts", [State.DRAFT.value]),
}


OF_TRACK = ("id", "code", "owner", "title", "mix", "archived_at")
"""Columns of a track that cards use."""


@dataclass(frozen=True)
class Tab:
    word: str
    name: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Card:
    """A submission in a list: `promised`, how long the label said an answer takes, and a `step` once it is over."""

    submission: Submission = field(compare=False)
    reference: str
    state: str
    word: str
    title: str
    label: str
    href: str
    since: str
    promised: str
    due: deadline_words.Due | None
    step: NextStep | None


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

    def by_column(self) -> Mapping[str, Iterable[Submission]]:
        """Return the newest of each column. One query; with a search one for each."""
        return _columns_of_all().read(user=self.user.pk) if self._is_whole else _by_column(self.rows)

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
def _columns_of_all() -> Bundle:
    return Bundle(**{word: Statement(rows) for word, rows in _by_column(Own(param("user")).rows).items()})


def tabs(own: Own, current: str) -> list[Tab]:
    """Return the tabs with their number of rows; one query."""
    counts = own.by_state()
    return [
        Tab(word, name, sum(counts.get(state, 0) for state in states), word == current)
        for word, (name, states) in TABS.items()
    ]


UNSHOWN = (
    *(each.name for each in Submission._meta.concrete_fields if each.name.startswith("team_")),
    *("label__about", "label__page_text", "label__links", "label__embed_sites"),
    *(f"track__{each.name}" for each in Track._meta.concrete_fields if each.name not in OF_TRACK),
)
"""Columns that no card shows."""


def in_tab(rows: SubmissionQuerySet, word: str) -> SubmissionQuerySet:
    """Return the rows of a tab, with what their cards need."""
    _, states = TABS[word]
    events = Event.objects.filter(submission=OuterRef("pk"))
    promise = events.filter(transition=Transition.SUBMIT).values("payload__promise_days")
    welcome = events.filter(to_state=State.REJECTED).order_by("-sequence").values("payload__welcome")
    same = Submission.objects.filter(track=OuterRef("track"), label=OuterRef("label"))
    later = same.filter(coming_after(OuterRef("moved_at")))
    in_tab_rows = rows.filter(state__in=states).select_related("label", "track", "intake").defer(*UNSHOWN)
    return in_tab_rows.annotate(
        was_suspended=Exists(Suspension.objects.filter(label=OuterRef("label"))),
        promise_days=Subquery(promise[:1]),
        welcome=Subquery(welcome[:1]),
        is_followed=Exists(later.exclude(pk=OuterRef("pk"))),
    )


def cards(submissions: Sequence[Submission], at: datetime) -> list[Card]:
    """Return a card for each submission; a draft's links to its form.

    Expects them from `in_tab`. No query, or two if a label was ever suspended.
    """
    for each in submissions:
        each.label.was_suspended = each.was_suspended  # type: ignore[attr-defined]  # an annotation
        each.intake.label = each.label
    prefetch_related_objects([each for each in submissions if each.label.was_suspended], "label__suspensions")
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
    return Card(
        submission,
        reference=submission.reference,
        state=submission.state,
        word=submission.words.producer_name,
        title=submission.shown_title,
        label=str(submission.label),
        href=url_for(f"submissions:{name}", submission.reference),
        since=deadline_words.since(submission, at),
        promised=_promised(submission),
        due=deadline_words.due(submission, when, at),
        step=_step(submission),
    )


def _step(submission: Submission) -> NextStep | None:
    found: Any = submission  # as `in_tab` annotates it
    return card_step(submission, found.welcome, is_followed=found.is_followed)


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
    "yours": ("accepted", "Nothing needs your answer."),
    "theirs": ("submitted", "No label owes you an answer."),
    "done": ("released", "Nothing finished yet."),
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


def columns(own: Own, tabs: Sequence[Tab], at: datetime) -> list[Column]:
    """Return the columns, each with its newest cards; drafts only if there are any.

    Queries as `Own.by_column` and `cards`.
    """
    parts = {word: list(rows) for word, rows in own.by_column().items()}
    everything = [each for part in parts.values() for each in part]
    found = {card.submission.pk: card for card in cards(everything, at)}
    by_word = {tab.word: tab for tab in tabs}
    shown_tabs = [word for word in COLUMNS if parts[word] or COLUMNS[word][1]]
    return [
        Column(by_word[word], *COLUMNS[word], [found[each.pk] for each in parts[word]]) for word in shown_tabs
    ]
