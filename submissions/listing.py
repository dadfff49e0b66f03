"""A producer's list of submissions: its tabs, and a card for each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from submissions import waiting
from submissions.choices import Ball, State
from submissions.models import Submission
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
    return Submission.objects.sent_by(user).filter(state__in=states).select_related("label", "track")


def card(submission: Submission, at: datetime) -> Card:
    """Return a submission's card; a draft's leads to where it is worked on."""
    name = "edit" if submission.is_draft else "submission"
    href = reverse(f"submissions:{name}", args=[submission.reference])
    return Card(submission, href, waiting.since(submission, at), waiting.due(submission, at))
