"""The SQL condition of each term, written to match the indexes of `submissions`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from accounts.models import User
from catalog.music import known_genres
from catalog.music.keys import compatible
from catalog.music.query_values import NO_TEMPO, UNKNOWN, Tempo
from desk.search import full_text, team_vocabulary
from kit.query.day_words import DAY, Days, moments, read_days
from labels.models import Intake, Label
from submissions.models import Submission
from submissions.models.search_index import NEVER, NO_DATE, catalogue_key
from submissions.query_words import (
    ASKED,
    BROKEN,
    DEMOS,
    KEPT,
    ME,
    NO,
    NOBODY,
    OPEN,
    YES,
)
from submissions.transition_table import WAITING


@dataclass(frozen=True, slots=True)
class SearchContext:
    """Who searches, at which desk, and when."""

    user: User
    label: Label
    moment: datetime


def in_states(value: tuple[str, ...], context: SearchContext) -> Q:
    """States alone limit the search in `Query.searched_states`; beside a question that waits they are an *or*."""
    if ASKED not in value:
        return Q()
    states = [state for state in value if state != ASKED]
    return Q(asked_at__isnull=False) | Q(state__in=states) if states else Q(asked_at__isnull=False)


def by_artist(value: tuple[str, ...], context: SearchContext) -> Q:
    return full_text.artist_has_any(value, context.label.pk)


def of_intake(value: str, context: SearchContext) -> Q:
    """The intake's id is looked up first, so that the planner knows how common it is."""
    intakes = Intake.objects.filter(label=context.label)
    found = intakes.filter(call_name="") if value == DEMOS else intakes.filter(code=value)
    return Q(intake_id=found.values_list("pk", flat=True).order_by().first() or 0)


def of_genres(value: tuple[str, ...], context: SearchContext) -> Q:
    """Subgenres are matched together with their parents, so that one index serves both."""
    known = known_genres.genres()
    parts = {slug: known[slug].parent for slug in value if slug in known and known[slug].parent}
    whole = [_column_value(slug) for slug in value if slug not in parts]
    if not whole:
        return Q(subgenre__in=sorted(parts))
    if not parts:
        return Q(genre__in=whole)
    either = Q(genre__in=whole) | Q(subgenre__in=sorted(parts))
    return Q(genre__in=sorted({*whole, *parts.values()})) & either


def in_tempo(value: Tempo, context: SearchContext) -> Q:
    """Uses the expression of the order, for its index; an unknown tempo is 0 in it."""
    if value == NO_TEMPO:
        return Q(tempo_order=0)
    slowest = Q(tempo_order__gte=value.low) if value.low else Q(tempo_order__gt=Decimal(0))
    return slowest & Q(tempo_order__lte=value.high) if value.high else slowest


def in_keys(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(key__in=value)


def mixing_with(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(key__in=sorted({key for each in value for key in compatible(each)}))


def with_ai(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(ai__in=value)


def from_countries(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(country__in=[_column_value(code) for code in value])


def with_wav(value: str, context: SearchContext) -> Q:
    return Q(has_wav=value == YES)


def with_exclusivity(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(exclusivity__in=value)


def older_than(value: int, context: SearchContext) -> Q:
    return Q(submitted_at__lt=context.moment - timedelta(days=value))


def newer_than(value: int, context: SearchContext) -> Q:
    return Q(submitted_at__gte=context.moment - timedelta(days=value))


def overdue(value: bool, context: SearchContext) -> Q:
    """Its states limit the search too, see `Query.searched_states`."""
    return Q(due_order__lt=context.moment) & Q(state__in=sorted(WAITING))


def with_links(value: str, context: SearchContext) -> Q:
    fine = Q(dead_links=[])
    return ~fine if value == "dead" else fine


def first_time(value: bool, context: SearchContext) -> Q:
    """The producer's first here; a scalar subquery, so that it runs row by row."""
    earlier = Submission.objects.filter(
        producer=OuterRef("producer_id"), label=context.label, submitted_at__lt=OuterRef("submitted_at")
    )
    return Q(IsNull(Subquery(earlier.order_by().values("pk")[:1]), True))


def held(value: bool, context: SearchContext) -> Q:
    """A hold is running; it always has an end, and the index is of those that have one."""
    return Q(is_held=True, hold_due_at__isnull=False)


def tagged(value: tuple[str, ...], context: SearchContext) -> Q:
    """Has one of the tags; ids rather than a subquery, so that the planner knows their frequency."""
    ids = team_vocabulary.tag_ids(context.label, value)
    return Q(team_tags__overlap=ids) if ids else Q(pk__in=[])


def assigned_to(value: str, context: SearchContext) -> Q:
    if value == NOBODY:
        return Q(team_assignee=None)
    user_id = context.user.pk if value == ME else team_vocabulary.member_id(context.label, value)
    return Q(team_assignee=user_id) if user_id else Q(pk__in=[])


def _column_value(word: str) -> str:
    """Return a query's word as its column stores it: unknown is blank."""
    return "" if word == UNKNOWN else word


IS_IN_TIME: Mapping[str, bool | None] = MappingProxyType({KEPT: True, BROKEN: False, OPEN: None})
"""Values of `is_in_time` by a query's words."""


def _day_condition(column: str) -> Callable[[Days | str, SearchContext], Q]:
    """Return the condition that a column lies in a range of the label's past days, or is set at all."""

    def condition(value: Days | str, context: SearchContext) -> Q:
        if isinstance(value, str):
            return Q(**{f"{column}__isnull": value == NO})
        since, until = read_days(value, _today(context), ahead=False)
        return _between(column, *moments(since, until, context.label.zone))

    return condition


received = _day_condition("submitted_at")
opened = _day_condition("opened_at")
answered = _day_condition("answered_at")
silent = _day_condition("lapsed_at")


def due(value: Days | str, context: SearchContext) -> Q:
    """Uses the expression of the order, for its index; no date is the last of all in it."""
    if isinstance(value, str):
        return Q(due_order=NEVER) if value == NO else Q(due_order__lt=NEVER)
    since, until = read_days(value, _today(context), ahead=True)
    first, end = moments(since, until, context.label.zone)
    return _between("due_order", first, end or NEVER)


def to_be_released(value: Days | str, context: SearchContext) -> Q:
    """Uses the expression of the order, for its index; no date is the last of all in it."""
    if isinstance(value, str):
        return Q(release_order=NO_DATE) if value == NO else Q(release_order__lt=NO_DATE)
    since, until = read_days(value, _today(context), ahead=True)
    return _between("release_order", since, until + DAY if until else NO_DATE)


def catalogued(value: tuple[str, ...], context: SearchContext) -> Q:
    """Uses the expression of the index; a beginning is enough."""
    found = Q(pk__in=[])
    for each in value:
        numbered = Q(catalogue_key__startswith=catalogue_key(each)) & ~Q(catalogue_number="")
        found |= Q(catalogue_number="") if each == NOBODY else numbered
    return found


def referenced(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(reference__in=value)


def _today(context: SearchContext) -> date:
    return context.moment.astimezone(context.label.zone).date()


def _between(column: str, first: date | datetime | None, end: date | datetime | None) -> Q:
    since = Q(**{f"{column}__gte": first}) if first else Q()
    return since & Q(**{f"{column}__lt": end}) if end else since


def promised(value: str, context: SearchContext) -> Q:
    return Q(is_in_time=IS_IN_TIME[value])


def passed_for(value: tuple[str, ...], context: SearchContext) -> Q:
    return Q(reason__in=value)


def opened_by(value: str, context: SearchContext) -> Q:
    if value == NOBODY:
        return Q(opened_by=None)
    user_id = context.user.pk if value == ME else team_vocabulary.opener_id(context.label, value)
    return Q(opened_by=user_id) if user_id else Q(pk__in=[])
