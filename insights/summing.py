"""Which months of which labels are worth tallies, and lack them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth

from insights import tallies
from insights.models import Passage
from labels.models import Label


def sum_up_all() -> int:
    """Write the missing tallies of all labels; return of how many months."""
    return sum(sum_up(label) for label in Label.objects.order_by("pk"))


def sum_up(label: Label) -> int:
    """Write a label's missing tallies; return of how many months."""
    missing = list(_missing(label))
    for month in missing:
        tallies.sum_up(label, month)
    return len(missing)


def _missing(label: Label) -> Iterator[date]:
    month = TruncMonth("received_at", tzinfo=label.zone, output_field=DateField())
    full = Passage.objects.at(label).order_by().values(month=month).annotate(count=Count("pk"))
    known = set(tallies.months_of(label))
    for found in full.filter(count__gte=tallies.FEWEST).values_list("month", flat=True):
        if found not in known:
            yield found
