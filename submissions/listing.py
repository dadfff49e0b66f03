"""A producer's list of submissions: its tabs, and a card for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from submissions import deadlines, waiting
from submissions.choices import Ball, State
from submissions.models import Event, Submission
from submissions.models.queries import SubmissionQuerySet
from submissions.state_table import states_with

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
    submission: Submission
    href: str
    since: str
    due: waiting.Due | None


def tabs(user: User, current: str) -> list[Tab]:
    """Return the tabs with how many submissions each holds; one query."""
    own = Submission.objects.sent_by(user).order_by()
    counts = dict(own.values_list("state").annotate(Count("pk")))
    return [
        Tab(word, name, sum(counts.get(state, 0) for state in states), word == current)
        for word, (name, states) in TABS.items()
    ]


def rows(user: User, current: str) -> SubmissionQuerySet:
    """Return the submissions of a tab, with what their cards say."""
    _, states = TABS[current]
    own = Submission.objects.sent_by(user).filter(state__in=states)
    return own.select_related("label", "track").prefetch_related("label__suspensions")


def cards(submissions: Sequence[Submission], at: datetime) -> list[Card]:
    """Return a card for each; a draft's leads to where it is worked on. At most one query."""
    dues = _dues(submissions)
    return [_card(submission, dues[submission.pk], at) for submission in submissions]


def _card(submission: Submission, when: datetime | None, at: datetime) -> Card:
    name = "edit" if submission.is_draft else "submission"
    href = reverse(f"submissions:{name}", args=[submission.reference])
    return Card(submission, href, waiting.since(submission, at), waiting.due(submission, when, at))


def _dues(submissions: Sequence[Submission]) -> dict[int, datetime | None]:
    """Return until when an answer is due; the histories are read where a label was ever suspended."""
    dues = {each.pk: each.due_at for each in submissions}
    paused = {each.pk: each.label.pauses() for each in submissions if each.label.pauses()}
    histories: dict[int, list[Event]] = {pk: [] for pk in paused}
    if paused:
        for event in Event.objects.filter(submission__in=paused).order_by("submission_id", "sequence"):
            histories[event.submission_id].append(event)
    return dues | {pk: deadlines.read(events, paused[pk]).due for pk, events in histories.items()}
