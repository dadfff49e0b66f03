"""Until when somebody owes an answer, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kit.clock import now
from labels.models import Label
from submissions import deadlines
from submissions.choices import Ball
from submissions.models import Event, Submission
from submissions.transition_table import WAITING
from submissions.wording import span

SOON = timedelta(days=2)


@dataclass(frozen=True)
class Clock:
    """When who has the ball must have answered; None where nothing runs, or where it stands still."""

    ball: Ball
    due: datetime | None
    is_stopped: bool = False


@dataclass(frozen=True)
class ClockWords:
    """`level` says how pressing it is; `short` is for where there is little room."""

    text: str
    short: str
    level: Literal["", "soon", "late"] = ""


def clocks_of(submissions: Sequence[Submission], label: Label) -> dict[int, Clock]:
    """Return the clocks by submission. One query; another one where the label was ever suspended."""
    pauses = label.pauses()
    if not pauses:
        return {each.pk: _projected(each) for each in submissions}
    events: dict[int, list[Event]] = {each.pk: [] for each in submissions}
    for event in Event.objects.filter(submission__in=submissions).order_by("submission_id", "sequence"):
        events[event.submission_id].append(event)
    return {pk: clock_from(deadlines.read(history, pauses)) for pk, history in events.items()}


def clock_from(reading: deadlines.Deadlines) -> Clock:
    return Clock(reading.ball, reading.due, reading.is_stopped)


def clock_words(clock: Clock, moment: datetime | None = None) -> ClockWords | None:
    """Return what there is to say about a clock, None where nobody owes an answer."""
    if clock.is_stopped:
        return ClockWords("Clock stopped", "stopped")
    if clock.due is None:
        return None
    left = clock.due - (moment or now())
    whose = "Answer" if clock.ball == Ball.LABEL else "Their answer"
    if left < timedelta():
        return ClockWords(f"{whose} {span(-left)} late", f"{span(-left)} late", "late")
    return ClockWords(f"{whose} due in {span(left)}", f"in {span(left)}", "soon" if left < SOON else "")


def _projected(submission: Submission) -> Clock:
    is_stopped = submission.state in WAITING and submission.due_at is None
    return Clock(submission.ball, submission.due_at, is_stopped)
