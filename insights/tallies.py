"""Sums of whole months, kept: how they are written, read, and taken away when one of their passages changes."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models import Sum as Total

from insights.choices import Word
from insights.figures import Span
from insights.models import Passage, Tally
from insights.spans import DAY, moments_of
from insights.sums import COUNTS, Key, Sum, add, added, by_day, by_value
from labels.models import Label

FEWEST = 250
"""A month of fewer passages is added up as quickly without tallies."""

Months = Sequence[date]


class MovedError(Exception):
    """A month lost its tallies between two statements."""


class Joined(models.Aggregate):
    """Bytes one after the other."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea)"
    output_field = models.BinaryField()


def forget(passages: Iterable[Passage]) -> None:
    """Take the tallies away that these passages, about to change, are in; needs a transaction.

    Whoever sums up waits until it ends. A month begins at another moment in another zone: hence both days.
    """
    months: dict[int, set[date]] = {}
    for each in passages:
        near = (each.received_at - DAY, each.received_at + DAY)
        months.setdefault(each.label_id, set()).update(month_of(moment.date()) for moment in near)
    for label_id in sorted(months):
        _lock(label_id, "pg_advisory_xact_lock_shared")
        Tally.objects.filter(label=label_id, month__in=months[label_id]).delete()


def sum_up(label: Label, month: date) -> int:
    """Write a month's tallies anew; return how many. Passages that change meanwhile wait."""
    with transaction.atomic():
        _lock(label.pk, "pg_advisory_xact_lock")
        passages = received_in(Passage.objects.at(label), [month], label)
        sums: dict[Key, Sum] = {}
        add(sums, added(*by_value(passages), *by_day(passages, label.zone)))
        Tally.objects.filter(label=label, month=month).delete()
        rows = [_tally(label, month, key, each) for key, each in sums.items()]
        return len(Tally.objects.bulk_create(rows))


def months_of(label: Label) -> list[date]:
    """Return the months that have tallies in the label's zone, in order."""
    whole = Tally.objects.filter(label=label, zone=label.time_zone, word=Word.ALL)
    return list(whole.order_by("month").values_list("month", flat=True))


def read(label: Label, whole: Months, months: Months, span: Span) -> Iterator[tuple[Key, Sum]]:
    """Yield the sums of whole months, and of what happened on the days of a span to those received in months.

    Raises MovedError at the end when one of the whole months has lost its tallies since they were asked for.
    """
    days = Q(word=Word.DAY, value__gte=str(span.since), value__lte=str(span.until), month__in=months)
    rows = Tally.objects.filter(Q(month__in=whole) & ~Q(word=Word.DAY) | days, label=label)
    more = {"found": models.Count("month", distinct=True), "joined": Joined("hours")}
    totals = rows.values("word", "value").annotate(*(Total(name) for name in COUNTS), **more)
    columns = ("word", "value", *(f"{name}__sum" for name in COUNTS), *more)
    there = 0
    for word, value, *counts, found, joined in totals.values_list(*columns):
        there = found if word == Word.ALL else there
        yield (word, value), Sum.of(counts, Counter(array("H", bytes(joined))))
    if there != len(whole):
        raise MovedError


def received_in(passages: models.QuerySet[Passage], months: Months, label: Label) -> models.QuerySet[Passage]:
    """Narrow passages to those received in these months of the label's zone."""
    return passages.filter(_in(months, label))


def received_beside(
    passages: models.QuerySet[Passage], months: Months, label: Label
) -> models.QuerySet[Passage]:
    """Narrow passages to those received in other months."""
    return passages.exclude(_in(months, label)) if months else passages


def month_of(day: date) -> date:
    return day.replace(day=1)


def end_of(month: date) -> date:
    """Return a month's last day."""
    return month_of(month + timedelta(days=31)) - DAY


def _in(months: Months, label: Label) -> Q:
    """Months that follow each other are one range."""
    found = Q(pk__in=[]) if not months else Q()
    runs: list[Span] = []
    for month in sorted(months):
        if runs and runs[-1].until + DAY == month:
            runs[-1] = Span(runs[-1].since, end_of(month))
        else:
            runs.append(Span(month, end_of(month)))
    for run in runs:
        begins, ends = moments_of(run, label.zone)
        found |= Q(received_at__gte=begins, received_at__lt=ends)
    return found


def _tally(label: Label, month: date, key: Key, each: Sum) -> Tally:
    word, value = key
    counts = {name: getattr(each, name) for name in COUNTS}
    hours = array("H", sorted(each.hours.elements())).tobytes()
    return Tally(
        label=label, month=month, zone=label.time_zone, word=word, value=value, hours=hours, **counts
    )


def _lock(label_id: int, function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext('insights'), %s)", [label_id])  # our own names
