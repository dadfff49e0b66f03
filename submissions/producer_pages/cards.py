"""A submission as a card in its producer's lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When, prefetch_related_objects

from kit.routes import url_for
from labels.models import Suspension
from submissions import deadlines, wording
from submissions.choices import State, Transition
from submissions.expectations import deadline_words
from submissions.models import Event, Message, Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.next_steps import NextStep, card_step
from submissions.preflight.conflicts import coming_after
from submissions.state_machine import STATES
from submissions.transition_table import LINKLESS, WAITING

SHOWN = (
    *("reference", "producer", "label", "intake", "track", "created_at", "state", "version", "submitted_at"),
    *("moved_at", "due_at", "release_on", "reason", "title", "mix"),
    *(f"label__{name}" for name in ("name", "slug", "status", "is_behind")),
    *(f"intake__{name}" for name in ("code", "label", "is_paused", "opens_at", "closes_at")),
    *(f"track__{name}" for name in ("code", "owner", "title", "mix", "archived_at")),
)
"""Columns that cards read, and the rows of a track’s page."""


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
    new_messages: int


def with_cards(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    """Return rows of one producer with what their cards need."""
    events = Event.objects.filter(submission=OuterRef("pk"))
    promise = events.filter(transition=Transition.SUBMIT).values("payload__promise_days")
    welcome = events.filter(to_state=State.REJECTED).order_by("-sequence").values("payload__welcome")
    same = Submission.objects.filter(track=OuterRef("track"), label=OuterRef("label"))
    later = same.filter(coming_after(OuterRef("moved_at"))).exclude(pk=OuterRef("pk"))
    is_over = Q(state__in=LINKLESS)
    return (
        rows.select_related("label", "track", "intake")
        .only(*SHOWN)
        .annotate(
            was_suspended=Exists(Suspension.objects.filter(label=OuterRef("label"))),
            promise_days=Case(When(state__in=WAITING, then=Subquery(promise[:1]))),
            welcome=Case(When(is_over, then=Subquery(welcome[:1]))),
            is_followed=Case(When(is_over, then=Exists(later)), default=False),
            new_messages=Message.objects.count_new(),
        )
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


def _card(submission: Submission, when: datetime | None, at: datetime) -> Card:
    state, reference = submission.state, submission.reference
    return Card(
        submission,
        reference=reference,
        state=state,
        word=STATES[state].producer_name,
        title=submission.shown_title,
        label=str(submission.label),
        href=url_for("submissions:edit" if state == State.DRAFT else "submissions:submission", reference),
        since=deadline_words.since(submission, at),
        promised=_promised(submission),
        due=deadline_words.due(submission, when, at),
        step=_step(submission),
        new_messages=getattr(submission, "new_messages", 0),
    )


def _step(submission: Submission) -> NextStep | None:
    found: Any = submission  # as `in_tab` annotates it
    return card_step(submission, found.welcome, is_followed=found.is_followed)


def _promised(submission: Submission) -> str:
    days: int | None = getattr(submission, "promise_days", None)
    return wording.span(timedelta(days=days)) if days else ""


def _dues(submissions: Iterable[Submission]) -> dict[int, datetime | None]:
    """Return the due dates; reads the histories only if a label was ever suspended."""
    dues = {each.pk: each.due_at for each in submissions}
    paused = {each.pk: each.label.pauses() for each in submissions if each.label.pauses()}
    histories: dict[int, list[Event]] = {pk: [] for pk in paused}
    if paused:
        for event in Event.objects.filter(submission__in=paused).order_by("submission_id", "sequence"):
            histories[event.submission_id].append(event)
    return dues | {pk: deadlines.read(events, paused[pk]).due for pk, events in histories.items()}
