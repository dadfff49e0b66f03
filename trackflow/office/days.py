"""Demos sent on each of the last seven days, and the wait of the oldest job."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent

from submissions.wording import span
from trackflow.office.count_table import Scope, due_jobs

DAYS = 7


@dataclass(frozen=True)
class Day:
    """Demos sent on a day in the reader's time zone, and the most on any day."""

    day: date
    number: int
    most: int

    @property
    def next_day(self) -> date:
        return self.day + timedelta(days=1)


def sent_by_day(scope: Scope) -> list[Day]:
    """Return the last seven days, today last. One query over the desks' indexes."""
    today = timezone.localdate(scope.moment)
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    begin = timezone.make_aware(datetime.combine(days[0], datetime.min.time()))
    sent = scope.sent.filter(submitted_at__gte=begin).values(day=TruncDate("submitted_at"))
    counted = dict(sent.annotate(number=Count("pk")).values_list("day", "number"))
    most = max(counted.values(), default=0)
    return [Day(day, counted.get(day, 0), most) for day in days]


def oldest_wait(scope: Scope) -> str:
    """Return how long the oldest due job has waited, "" if none is due. Two queries."""
    first = due_jobs(scope.moment).order_by("pk").first()
    if first is None:
        return ""
    since = first.scheduled_at or _queued_at(first.pk)
    return span(scope.moment - since) if since else ""


def _queued_at(job: int) -> datetime | None:
    queued = ProcrastinateEvent.objects.filter(job=job).order_by("pk")
    return queued.values_list("at", flat=True).first()
