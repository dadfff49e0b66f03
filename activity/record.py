"""The record as pages and files read it: whose rows, which of them, and each in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from activity.choices import Area
from activity.models import Activity
from activity.sentences import Line, lines_of
from kit.mailboxes import mailbox
from kit.spreadsheet import csv_lines
from labels.models import Label

HEAD = ("When", "Who", "What", "Why", "About", "Label", "Internet address", "Browser")
OF_LABELS = (Area.TEAM, Area.SETTINGS, Area.EXPORT, Area.LABEL)
"""What owners read of their label; what staff do is for staff."""
BATCH, MOST_PEOPLE = 500, 50


class RecordFilter(forms.Form):
    """Narrows the record by area, person and days in the reader's time zone."""

    area = forms.ChoiceField(label="About", required=False)
    who = forms.CharField(label="Person", required=False, max_length=200)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, areas: Iterable[Area] = Area, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Everything"), *((each.value, each.label) for each in areas)]
        self.fields["who"].widget.attrs["placeholder"] = "Name or email address"

    def narrow(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        """Return the rows that it lets through, none while it is wrong."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["area"]:
            rows = rows.filter(area=asked["area"])
        if asked["who"]:
            people = _people(asked["who"])
            rows = rows.filter(Q(actor__in=people) | Q(person__in=people))
        if asked["since"]:
            rows = rows.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            rows = rows.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        return rows


def of_label(label: Label) -> QuerySet[Activity]:
    """Return a label's record for its owners; it says nothing of submissions."""
    return Activity.objects.recorded().filter(label=label, area__in=OF_LABELS)


def of_person(person: User) -> QuerySet[Activity]:
    """Return what the record says about somebody's account."""
    return Activity.objects.recorded().filter(person=person)


def of_everything() -> QuerySet[Activity]:
    return Activity.objects.recorded()


def as_csv(rows: QuerySet[Activity]) -> Iterator[str]:
    """Yield the lines of a file, times in UTC."""
    return csv_lines(HEAD, map(_cells, _lines(rows)))


def _lines(rows: QuerySet[Activity]) -> Iterator[Line]:
    batch: list[Activity] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from lines_of(batch)
            batch = []
    yield from lines_of(batch)


def _cells(line: Line) -> tuple[str, ...]:
    row = line.activity
    about = str(row.person) if row.person and row.person_id != row.actor_id else ""
    at = f"{row.at:%Y-%m-%d %H:%M:%S}"
    label = str(row.label) if row.label else ""
    return (at, line.who, line.what, line.because, about, label, row.address, row.browser)


def _people(text: str) -> list[int]:
    found = (
        User.objects.filter(email=mailbox(text)) if "@" in text else User.objects.filter(name__icontains=text)
    )
    return list(found.values_list("pk", flat=True)[:MOST_PEOPLE])


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]  # a date
