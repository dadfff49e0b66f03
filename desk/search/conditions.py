"""What each term asks of a submission's row, in words that the indexes of `submissions` understand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from accounts.models import User
from catalog.music.keys import compatible
from desk.models import TeamSettings
from desk.scores.visibility import reviewed_by, scored_by
from desk.search import team_vocabulary, vocabulary
from desk.search.day_ranges import UNSCORED, Scores
from labels.models import Intake, Label
from submissions.models import Submission
from submissions.query_words import BROKEN, DEMOS, KEPT, ME, NO, NO_TEMPO, NOBODY, OPEN, UNKNOWN, Days, Tempo


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, at which desk, and when."""

    user: User
    label: Label
    moment: datetime


def of_intake(value: str, asking: Asking) -> Q:
    """The intake is looked up first: the database plans by how common it is."""
    intakes = Intake.objects.filter(label=asking.label)
    found = intakes.filter(call_name="") if value == DEMOS else intakes.filter(code=value)
    return Q(intake_id=found.values_list("pk", flat=True).order_by().first() or 0)


def of_genres(value: tuple[str, ...], asking: Asking) -> Q:
    """Subgenres are asked for together with their parents, so that one index serves both."""
    known = vocabulary.genres()
    parts = {slug: known[slug].parent for slug in value if slug in known and known[slug].parent}
    whole = [_column(slug) for slug in value if slug not in parts]
    if not whole:
        return Q(subgenre__in=sorted(parts))
    if not parts:
        return Q(genre__in=whole)
    either = Q(genre__in=whole) | Q(subgenre__in=sorted(parts))
    return Q(genre__in=sorted({*whole, *parts.values()})) & either


def in_tempo(value: Tempo, asking: Asking) -> Q:
    """The order's expression is asked, for its index; there an unknown tempo is 0."""
    if value == NO_TEMPO:
        return Q(tempo_order=0)
    slowest = Q(tempo_order__gte=value.low) if value.low else Q(tempo_order__gt=Decimal(0))
    return slowest & Q(tempo_order__lte=value.high) if value.high else slowest


def in_keys(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(key__in=value)


def mixing_with(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(key__in=sorted({key for each in value for key in compatible(each)}))


def with_ai(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(ai__in=value)


def from_countries(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(country__in=[_column(code) for code in value])


def older_than(value: int, asking: Asking) -> Q:
    return Q(submitted_at__lt=asking.moment - timedelta(days=value))


def newer_than(value: int, asking: Asking) -> Q:
    return Q(submitted_at__gte=asking.moment - timedelta(days=value))


def overdue(value: bool, asking: Asking) -> Q:
    """The states it is limited to are `Query.reach`."""
    return Q(due_order__lt=asking.moment)


def with_links(value: str, asking: Asking) -> Q:
    fine = Q(dead_links=[])
    return ~fine if value == "dead" else fine


def first_time(value: bool, asking: Asking) -> Q:
    """Nothing came from this producer before; a scalar subquery, so that it is asked row by row."""
    earlier = Submission.objects.filter(
        producer=OuterRef("producer_id"), label=asking.label, submitted_at__lt=OuterRef("submitted_at")
    )
    return Q(IsNull(Subquery(earlier.order_by().values("pk")[:1]), True))


def tagged(value: tuple[str, ...], asking: Asking) -> Q:
    """One of the tags hangs on it; numbers rather than a subquery, so that their frequency is known."""
    numbers = team_vocabulary.tag_numbers(asking.label, value)
    return Q(team_tags__overlap=numbers) if numbers else Q(pk__in=[])


def assigned_to(value: str, asking: Asking) -> Q:
    if value == NOBODY:
        return Q(team_assignee=None)
    number = asking.user.pk if value == ME else team_vocabulary.member_number(asking.label, value)
    return Q(team_assignee=number) if number else Q(pk__in=[])


def _column(word: str) -> str:
    """Return what a column holds where a query says this word: what is unknown is blank."""
    return "" if word == UNKNOWN else word


PROMISES: Mapping[str, bool | None] = MappingProxyType({KEPT: True, BROKEN: False, OPEN: None})
"""What became of a promise, by the words of a query."""


def _when(column: str) -> Callable[[Days | str, Asking], Q]:
    """Return the condition that this moment lies in a span of the label's days, or is there at all."""

    def narrow(value: Days | str, asking: Asking) -> Q:
        if isinstance(value, str):
            return Q(**{f"{column}__isnull": value == NO})
        first, end = value.moments(asking.label.zone)
        since = Q(**{f"{column}__gte": first}) if first else Q()
        return since & Q(**{f"{column}__lt": end}) if end else since

    return narrow


received = _when("submitted_at")
opened = _when("opened_at")
answered = _when("answered_at")
silent = _when("lapsed_at")


def promised(value: str, asking: Asking) -> Q:
    return Q(is_in_time=PROMISES[value])


def passed_for(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(reason__in=value)


def opened_by(value: str, asking: Asking) -> Q:
    if value == NOBODY:
        return Q(opened_by=None)
    number = asking.user.pk if value == ME else team_vocabulary.opener_number(asking.label, value)
    return Q(opened_by=number) if number else Q(pk__in=[])


BY_SCORE = "score"


def with_score(value: Scores, asking: Asking) -> Q:
    """The order's expression is asked, for its index; there no score is 0."""
    hides = TeamSettings.of(asking.label).hides_scores
    if value == UNSCORED:
        return ~scored_by(asking.user) if hides else Q(score_order=0)
    at_least = Q(score_order__gte=value.low) if value.low else Q(score_order__gt=Decimal(0))
    found = at_least & Q(score_order__lte=value.high) if value.high else at_least
    return found & seen_by(asking) if hides else found


def in_order(value: str, asking: Asking) -> Q:
    """An order by hidden scores would tell them, so it holds what the member scored themself."""
    return seen_by(asking) if value == BY_SCORE and TeamSettings.of(asking.label).hides_scores else Q()


def seen_by(asking: Asking) -> Q:
    return reviewed_by(asking.user) & scored_by(asking.user)
