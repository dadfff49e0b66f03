"""What a label owes an answer for longer than it promised."""

from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from insights.models import SubmissionFacts
from labels.models import Label
from submissions import deadlines
from submissions.deadlines import Pauses
from submissions.models import Event

READ = ("submission", "transition", "to_state", "recorded_at", "payload")


def overdue(label: Label, since: datetime, moment: datetime) -> int:
    """Return how many fell due between two moments and wait without a first answer; none while suspended.

    Suspensions stop the clock, so those that may have been stopped are read again from their events.
    """
    pauses = label.pauses()
    if any(end is None for _, end in pauses):
        return 0
    owed = SubmissionFacts.objects.at(label).owed().filter(due_at__lte=moment)
    if not pauses:
        return owed.filter(due_at__gt=since).count()
    untouched = owed.filter(due_at__gt=since, received_at__gte=_last_end(pauses))
    touched = owed.filter(received_at__lt=_last_end(pauses))
    return untouched.count() + sum(since < due <= moment for due in _dues(touched, pauses))


def _last_end(pauses: Pauses) -> datetime:
    return max(end for _, end in pauses if end)


def _dues(touched: QuerySet[SubmissionFacts], pauses: Pauses) -> list[datetime]:
    told = Event.objects.filter(submission__in=touched.values("pk")).order_by("submission_id", "sequence")
    histories = groupby(told.only(*READ), key=lambda event: event.submission_id)
    read = [deadlines.read(list(events), pauses).due for _, events in histories]
    return [due for due in read if due]
