"""Deadlines of answers, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone

from kit.clock import now
from labels.models import Label
from submissions import deadlines
from submissions.choices import Ball
from submissions.models import Event, Submission
from submissions.transition_table import WAITING
from submissions.wording import span

SOON = timedelta(days=2)


@dataclass(frozen=True)
class Deadline:
    """When the side whose turn it is must answer; None if no deadline runs or it is stopped."""

    ball: Ball
    due: datetime | None
    is_stopped: bool = False


@dataclass(frozen=True)
class DeadlineWords:
    """A deadline in words; `level` is its urgency, `short` fits a table row and `hint` says the day beside it."""

    text: str
    short: str
    level: Literal["", "soon", "late"] = ""
    hint: str = ""


def deadlines_of(submissions: Sequence[Submission], label: Label) -> dict[int, Deadline]:
    """Return deadlines by submission id. No query, or one if the label was ever suspended."""
    pauses = label.pauses()
    if not pauses:
        return {each.pk: _stored(each) for each in submissions}
    events: dict[int, list[Event]] = {each.pk: [] for each in submissions}
    for event in Event.objects.filter(submission__in=submissions).order_by("submission_id", "sequence"):
        events[event.submission_id].append(event)
    return {pk: deadline_from(deadlines.read(history, pauses)) for pk, history in events.items()}


def deadline_from(read: deadlines.Deadlines) -> Deadline:
    return Deadline(read.ball, read.due, read.is_stopped)


def deadline_words(deadline: Deadline, moment: datetime | None = None) -> DeadlineWords | None:
    """Return a deadline in words, None if nobody owes an answer."""
    if deadline.is_stopped:
        return DeadlineWords("Clock stopped", "stopped", hint="Clock stopped")
    if deadline.due is None:
        return None
    left = deadline.due - (moment or now())
    day, is_ours = day_words(deadline.due), deadline.ball == Ball.LABEL
    whose, hint = ("Answer", f"Due {day}") if is_ours else ("Their answer", f"Their answer is due {day}")
    if left < timedelta():
        return DeadlineWords(f"{whose} {span(-left)} late", f"{span(-left)} late", "late", hint)
    level: Literal["", "soon"] = "soon" if left < SOON else ""
    return DeadlineWords(f"{whose} due by {day} (in {span(left)})", f"in {span(left)}", level, hint)


def day_words(moment: datetime) -> str:
    """Return a day in the reader's zone: `Friday, 4 December`."""
    return f"{timezone.localtime(moment):%A, %-d %B}"


def _stored(submission: Submission) -> Deadline:
    is_stopped = submission.state in WAITING and submission.due_at is None
    return Deadline(submission.ball, submission.due_at, is_stopped)
