"""Waiting time and deadlines in words for the producer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from submissions.choices import LinkSlot, State
from submissions.deadlines import Deadlines
from submissions.models import Submission
from submissions.transition_table import ANSWERABLE, DATED, LIVE, WAITING
from submissions.wording import day, moment, span

SOON = timedelta(days=3)
JUST_NOW = timedelta(minutes=1)
TIMED = WAITING | DATED


@dataclass(frozen=True)
class Due:
    """A deadline in words; `level` is "", "soon" or "late", a class in the style sheet."""

    words: str
    level: str = ""


@dataclass(frozen=True)
class DeadlineWords:
    """The deadline, and lines that explain it."""

    due: Due | None
    lines: list[str] = field(default_factory=list)


def since(submission: Submission, at: datetime) -> str:
    """Return how long the submission has been in its state."""
    state = submission.state
    if state == State.DRAFT:
        return f"Started {span(at - submission.created_at)} ago"
    sent, moved = submission.submitted_at or at, submission.moved_at or at
    if state in WAITING:
        return "Sent just now" if at - sent < JUST_NOW else f"Sent {span(at - sent)} ago"
    if state in LIVE:
        return f"Since {day(timezone.localtime(moved).date().isoformat())}"
    return f"{span(at - moved).capitalize()} ago"


def due(submission: Submission, when: datetime | None, at: datetime) -> Due | None:
    """Return the due date in words, None without one; `when` is None if the deadline is stopped."""
    state = submission.state
    if state in TIMED:
        return _due_words(submission, when, at)
    if state == State.SCHEDULED and submission.release_on:
        return Due(f"Out on {day(submission.release_on.isoformat())}")
    return None


def deadline_words(
    submission: Submission, deadlines: Deadlines, promise: Mapping[str, Any], at: datetime
) -> DeadlineWords:
    """Return the deadline of a sent submission; `promise` is the payload of its `submit` event."""
    if submission.state not in TIMED:
        return DeadlineWords(due(submission, None, at))
    lines = [*_stopped_lines(submission, deadlines), *_remaining_lines(submission, deadlines, at)]
    if submission.state in WAITING:
        days = span(timedelta(days=promise["promise_days"]))
        lines.append(f"{submission.label} promised an answer within {days} of your sending it.")
        if deadlines.is_moved:
            lines.append("The label took more time once; it cannot do so again.")
        if deadlines.is_nudged:
            lines.append(f"You reminded {submission.label}. One reminder is sent for each promised date.")
    return DeadlineWords(due(submission, deadlines.due, at), lines)


def _due_words(submission: Submission, when: datetime | None, at: datetime) -> Due:
    if when is None or submission.label.is_suspended:
        return Due("The deadline is paused")
    state = submission.state
    is_own = state in ANSWERABLE
    if when <= at:
        return Due(f"{'Your' if is_own else 'Their'} answer is {span(at - when)} late", "late")
    words = "Answer due by" if state in DATED else "Answer promised by"
    words = "Your answer is due by" if is_own else words
    return Due(f"{words} {moment(when)}", "soon" if is_own and when - at < SOON else "")


def _remaining_lines(submission: Submission, deadlines: Deadlines, at: datetime) -> list[str]:
    if deadlines.due is None or deadlines.expires is None:
        return []
    ends = f"it expires on {moment(deadlines.expires)}"
    if deadlines.due <= at and submission.state in WAITING:
        again = "You are told then, and can send it again or elsewhere."
        return [_late_words(submission), f"If no answer comes, {ends}. {again}"]
    if deadlines.due <= at:
        return [f"If nothing happens, {ends}."]
    left = f"That is in {span(deadlines.due - at)}."
    return [left, f"With no answer from you, {ends}."] if submission.state in ANSWERABLE else [left]


def _late_words(submission: Submission) -> str:
    return (
        f"{submission.label} missed the date it promised, which counts in its public record."
        " It still has your demo and can still answer."
    )


def _stopped_lines(submission: Submission, deadlines: Deadlines) -> list[str]:
    lines = []
    for slot in sorted(deadlines.dead_links if submission.state in WAITING | ANSWERABLE else ()):
        lines.append(
            f"Your {LinkSlot(slot).label} does not work: replace it, and the label’s deadline runs on."
        )
    if submission.label.is_suspended:
        lines.append(
            f"{submission.label} is suspended at the moment. You can still withdraw it, or decline an offer."
        )
    if deadlines.left and deadlines.left > timedelta() and lines:
        lines.append(f"Time left once it goes on: {span(deadlines.left)}.")
    return lines
