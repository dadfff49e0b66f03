"""What the producer of a waiting demo may expect: when an answer comes, and its place in the queue."""

from datetime import datetime
from functools import cache

from django.db.models import Q
from django.utils import timezone

from kit.statements import Statement, param
from labels.directory.response_record import (
    ExpectedAnswer,
    duration_words,
    expected_answer,
    latest_record,
    record_summary,
)
from submissions.deadlines import Deadlines
from submissions.models import Submission
from submissions.transition_table import WAITING
from submissions.wording import day

MOST = 500
"""The most that are counted."""


def ahead_of(submission: Submission) -> int | None:
    """Return how many submissions sent earlier wait at the label, at most `MOST`; None if this one does not wait.

    The producer's own are not counted. One query, by the index of the label's states.
    """
    if submission.state not in WAITING:
        return None
    own = {"producer": submission.producer_id, "label": submission.label_id, "pk": submission.pk}
    return _sent_before(MOST).count(**own, submitted_at=submission.submitted_at)


@cache
def _sent_before(most: int) -> Statement[Submission]:
    sent_at = param("submitted_at")
    sent = Q(submitted_at__lt=sent_at) | Q(submitted_at=sent_at, pk__lt=param("pk"))
    waiting = Submission.objects.waiting().filter(sent, label=param("label"))
    return Statement(waiting.exclude(producer=param("producer")).order_by().values("pk")[:most])


def expectations(submission: Submission, deadlines: Deadlines, at: datetime) -> list[tuple[str, str]]:
    """Return pairs of a heading and a sentence, none while the label's deadline does not run. One query.

    A label's record is about first answers, so it is left out once this one was answered.
    """
    if submission.state not in WAITING or deadlines.is_stopped or submission.label.is_suspended:
        return []
    place = ("Place in the queue", _place_words(submission))
    return (
        [place] if _is_answered(submission) else [("Expected answer", _answer_words(submission, at)), place]
    )


def _is_answered(submission: Submission) -> bool:
    return bool(submission.answered_at or submission.lapsed_at)


def _answer_words(submission: Submission, at: datetime) -> str:
    label, sent = submission.label, submission.submitted_at or at
    record = latest_record(label)
    expected = expected_answer(record, sent)
    if record is None or expected is None or record.median_hours is None or record.p90_hours is None:
        return f"{record_summary(label).line}. Until there is more, go by the promised date."
    if expected.most <= at:
        return f"9 in 10 of {label}’s answers come within {duration_words(record.p90_hours)}: yours is taking longer."
    half = f"Half of {label}’s answers come within {duration_words(record.median_hours)}"
    return f"{half}, {_dates(expected, at)}."


def _dates(expected: ExpectedAnswer, at: datetime) -> str:
    most = f"nearly all (9 in 10) by {_day(expected.most)}"
    return most if expected.half <= at else f"around {_day(expected.half)}; {most}"


def _place_words(submission: Submission) -> str:
    ahead = ahead_of(submission) or 0
    if not ahead:
        return "No demo sent before yours is still waiting."
    number = f"{MOST} or more demos" if ahead >= MOST else f"{ahead} demo{'' if ahead == 1 else 's'}"
    return f"{number} sent before yours {'is' if ahead == 1 else 'are'} still waiting. The label chooses the order."


def _day(when: datetime) -> str:
    return day(timezone.localtime(when).date().isoformat())
