"""A label's response record: how it has answered of late, added up from the facts of its submissions."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from insights.models import SubmissionFacts
from insights.percentiles import percentiles
from kit.clock import now
from labels.directory.response_record import FEWEST, begin_record
from labels.models import Label, ResponseRecord
from submissions import deadlines
from submissions.choices import Transition
from submissions.deadlines import Pauses
from submissions.models import Event

WINDOW = timedelta(days=90)

READ = ("submission", "transition", "to_state", "recorded_at", "payload")

ANSWERED = Q(answered_at=F("settled_at"))
"""The answer came first: no silence before it."""


def keep(label: Label) -> bool:
    """Write a label's response record anew; return whether that changed it, its moment aside."""
    with transaction.atomic():
        begin_record(label)
        old = ResponseRecord.objects.select_for_update(no_key=True, of=("self",)).get(label=label)
        record = record_of(label, now())
        record.save(force_update=True)
    return _says(old) != _says(record)


def record_of(label: Label, moment: datetime) -> ResponseRecord:
    """Return how a label answered in the ninety days before a moment. Four queries at most.

    The sample is what was first answered or let go in that time, and what fell due in it and still waits. Times
    need as many answers as the share needs samples.
    """
    since = moment - WINDOW
    counts = _counts(SubmissionFacts.objects.at(label).settled_in(since, moment))
    answered, lapsed = counts["answered"], counts["settled"] - counts["answered"]
    sample = counts["settled"] + overdue(label, since, moment)
    record = ResponseRecord(
        label=label,
        since=since,
        computed_at=moment,
        sample=sample,
        answered=answered,
        in_time=counts["in_time"],
        lapsed=lapsed,
        passed=counts["passed"],
        noted=counts["noted"],
    )
    if sample >= FEWEST:
        record.in_time_share = Decimal(100 * counts["in_time"] / sample).quantize(Decimal("0.01"))
    if answered >= FEWEST:
        times = percentiles(Counter(counts["hours"]), 0.5, 0.9)
        record.median_hours, record.p90_hours = map(_whole, times)
    return record


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


def _counts(settled: QuerySet[SubmissionFacts]) -> dict[str, Any]:
    return settled.aggregate(
        settled=Count("pk"),
        answered=Count("pk", filter=ANSWERED),
        in_time=Count("pk", filter=ANSWERED & Q(is_in_time=True)),
        passed=Count("pk", filter=ANSWERED & Q(answer=Transition.REJECT)),
        noted=Count("pk", filter=ANSWERED & Q(is_noted=True)),
        hours=ArrayAgg("answering_hours", filter=ANSWERED, default=[]),
    )


def _whole(hours: float | None) -> int | None:
    return None if hours is None else ceil(hours)


def _says(record: ResponseRecord) -> tuple[Any, ...]:
    skipped = {"since", "computed_at"}
    return tuple(
        getattr(record, field.attname)
        for field in ResponseRecord._meta.concrete_fields
        if field.attname not in skipped
    )
