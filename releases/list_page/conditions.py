"""What each term of the list's query asks of a release; no function around a column that an index holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from kit.clock import now
from kit.query.day_words import DAY, Days, moments, read_days
from labels.models import Label
from releases.choices import State
from releases.models import ReleaseStep
from releases.models.release import NO_DATE
from releases.query_words import ANY, AT_RISK, LATE, NO, NONE, OVERDUE, OWED, YES
from releases.readiness import tracks_owing
from releases.transition_table import LIVE

NOTHING, ALL = Q(pk__in=[]), Q(pk__isnull=False)


@dataclass(frozen=True)
class ListContext:
    """What conditions depend on besides their value; `asked` are the values of all terms, by name."""

    label: Label
    today: date
    lead_days: int
    asked: dict[str, Any]


def in_states(value: tuple[str, ...], context: ListContext) -> Q:
    return ALL if ANY in value else Q(state__in=value)


def of_kinds(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(kind__in=value)


def in_areas(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(next_area__in=["" if each == NONE else each for each in value])


def at_risk(value: str, context: ListContext) -> Q:
    """The same that `risk.risks_of` says of a release, asked of its row."""
    late = Q(state=State.SCHEDULED, release_on__lte=context.today)
    overdue = Q(state__in=sorted(LIVE), due_order__lt=context.today)
    near = Q(state=State.SCHEDULED, release_on__lte=context.today + timedelta(days=context.lead_days))
    owing = tracks_owing(context.label, now()).values("release")
    owed = Q(state__in=sorted(LIVE), pk__in=owing)
    risk = overdue | near | owed
    return {LATE: late, OVERDUE: overdue, OWED: owed, AT_RISK: risk, NO: ~risk}[value]


def to_be_released(value: Days | str, context: ListContext) -> Q:
    """Uses the expression of the order, for its index; no date is the last of all in it."""
    return _on_days("date_order", value, context)


def due(value: Days | str, context: ListContext) -> Q:
    return _on_days("due_order", value, context)


def by_artists(value: tuple[str, ...], context: ListContext) -> Q:
    return reduce(or_, (Q(artist__icontains=each) for each in value), NOTHING)


def numbered(value: tuple[str, ...], context: ListContext) -> Q:
    """A beginning is enough."""
    without = Q(catalogue_number="")
    found = (without if each == NONE else Q(catalogue_number__istartswith=each) for each in value)
    return reduce(or_, found, NOTHING)


def came_out(value: Days | str, context: ListContext) -> Q:
    if isinstance(value, str):
        return Q(released_at__isnull=value == NO)
    return _within("released_at", *_past(value, context))


def came_out_on_time(value: str, context: ListContext) -> Q:
    """By the first date that it ever had, as days go at the label."""
    day = TruncDate("released_at", tzinfo=context.label.zone)
    by_then = Q(first_release_on__gte=day)
    return Q(released_at__isnull=False) & (by_then if value == YES else ~by_then)


def worked_on(value: Days, context: ListContext) -> Q:
    """A step was done on these days, of the asked areas if there are any."""
    areas: Any = context.asked.get("craft")
    rows = _done().filter(_within("done_at", *_past(value, context)))
    return Q(Exists(rows.filter(area__in=areas) if areas else rows))


def of_craft(value: tuple[str, ...], context: ListContext) -> Q:
    """A step of these areas was done; with days, `worked_on` asks for both of the same step."""
    return Q() if "done" in context.asked else Q(Exists(_done().filter(area__in=value)))


def naming(word: str) -> Q:
    """A word or phrase occurs in the title, edition or artist, or it is a code or begins one."""
    named = Q(title__icontains=word) | Q(edition__icontains=word) | Q(artist__icontains=word)
    return named | Q(catalogue_number__istartswith=word) | Q(upc__contains=word) | Q(reference__iexact=word)


def _done() -> Any:
    return ReleaseStep.objects.filter(release=OuterRef("pk"), done_at__isnull=False)


def _on_days(column: str, value: Days | str, context: ListContext) -> Q:
    if isinstance(value, str):
        return Q(**{column: NO_DATE}) if value == NO else Q(**{f"{column}__lt": NO_DATE})
    since, until = read_days(value, context.today, ahead=True)
    return _within(column, since, until + DAY if until else NO_DATE)


def _past(value: Days, context: ListContext) -> tuple[datetime | None, datetime | None]:
    return moments(*read_days(value, context.today, ahead=False), context.label.zone)


def _within(column: str, first: date | None, end: date | None) -> Q:
    since = Q(**{f"{column}__gte": first}) if first else Q()
    return since & Q(**{f"{column}__lt": end}) if end else since
