"""The level of `labels.directory.fit` as SQL, so that thousands of labels are ranked by the database."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.choices import AIUse, Exclusivity, ReleaseStatus
from labels.choices import AIPolicy, ExclusivityPolicy, Strictness
from labels.directory.fit import Candidate, Level, Weight
from labels.directory.response_record import FEWEST
from labels.models import Intake, Label
from labels.rules import REQUIRABLE

BY_FIT = ("-level", "-kept", "-answered", "-id")
"""The order; needs `with_fit` or `ranked_intakes`."""

NEUTRAL = 50
"""Per cent that a label counts as long as too little is known of it."""

NOTHING = Q(pk__in=[])


def with_fit(labels: QuerySet[Label], candidate: Candidate, at: datetime) -> QuerySet[Any]:
    """Annotate `level` of the most suitable open public intake, and the shares kept and answered. One query."""
    own = _with_level(_open(candidate, at), candidate).filter(label=OuterRef("pk"))
    best = Subquery(own.order_by("-level").values("level")[:1], output_field=IntegerField())
    return _with_record(labels.annotate(level=Coalesce(best, Value(Level.CLOSED.value))), "record")


def ranked_intakes(candidate: Candidate, at: datetime) -> QuerySet[Any]:
    """Return the open public intakes with the same annotations. One query."""
    return _with_record(_with_level(_open(candidate, at), candidate), "label__record")


def _open(candidate: Candidate, at: datetime) -> QuerySet[Intake]:
    """Return the open public intakes, without those of labels that blocked the producer: those look closed."""
    return Intake.objects.open_at(at).public().exclude(label__in=candidate.blocked_by)


def _with_level(intakes: QuerySet[Intake], candidate: Candidate) -> QuerySet[Any]:
    copied = candidate.copied
    level = Case(
        When(_stops(candidate), then=Level.STOPPED.value),
        When(_checks(candidate), then=Level.CHECK.value),
        When(_names(copied["subgenre"]), then=Level.SUBGENRE.value),
        When(_names(copied["genre"]), then=Level.GENRE.value),
        default=Level.ANY_GENRE.value,
        output_field=IntegerField(),
    )
    return intakes.annotate(level=level)


def _with_record(rows: QuerySet[Any], record: str) -> QuerySet[Any]:
    share = F(f"{record}__answered") * 100 / F(f"{record}__sample")
    known = When(**{f"{record}__sample__gte": FEWEST}, then=share)
    return rows.annotate(
        kept=Coalesce(f"{record}__in_time_share", Value(Decimal(NEUTRAL))),
        answered=Case(known, default=NEUTRAL, output_field=IntegerField()),
    )


def _stops(candidate: Candidate) -> Q:
    found = _off(candidate, Strictness.BLOCK) | _policies(candidate) | _limits(candidate)
    found |= _told(candidate, Weight.STOP)
    lacking = [name for name in REQUIRABLE if not candidate.copied[name]]
    found |= Q(required_fields__overlap=lacking) if lacking else NOTHING
    return found


def _checks(candidate: Candidate) -> Q:
    return _off(candidate, Strictness.WARN) | _told(candidate, Weight.CHECK)


def _told(candidate: Candidate, weight: Weight) -> Q:
    """Return what is said of earlier submissions and of those at other labels, with this weight."""
    labels = [label for label, reason in candidate.earlier.items() if reason.weight == weight]
    wants_it_alone = Q(exclusivity_policy=ExclusivityPolicy.EXCLUSIVE)
    return Q(label__in=labels) | (wants_it_alone if candidate.alone == weight else NOTHING)


def _off(candidate: Candidate, strictness: Strictness) -> Q:
    """Return the intakes of this strictness that look for another genre or tempo."""
    copied, found = candidate.copied, NOTHING
    if copied["genre"]:
        picky = Q(pk__in=Intake.genres.through.objects.values("intake"))
        found |= Q(genre_strictness=strictness) & picky & ~_names(copied["genre"], copied["subgenre"])
    if copied["tempo"]:
        off = Q(tempo_from__gt=copied["tempo"]) | Q(tempo_to__lt=copied["tempo"])
        found |= Q(tempo_strictness=strictness) & off
    return found


def _names(*slugs: str) -> Q:
    """Return the intakes that name one of these genres; PostgreSQL looks them up once, not for each row."""
    return Q(pk__in=Intake.genres.through.objects.filter(genre__slug__in=slugs).values("intake"))


def _policies(candidate: Candidate) -> Q:
    copied, found = candidate.copied, NOTHING
    strict = {AIUse.PARTIALLY: [AIPolicy.NONE], AIUse.YES: [AIPolicy.NONE, AIPolicy.SOME]}
    found |= Q(ai_policy__in=strict.get(copied["ai"], []))
    alone, first = ExclusivityPolicy.EXCLUSIVE, ExclusivityPolicy.NO_OFFERS
    closed = {Exclusivity.OFFER_HELD: [first, alone], Exclusivity.SENT_ELSEWHERE: [alone]}
    found |= Q(exclusivity_policy__in=closed.get(copied["exclusivity"], []))
    is_new = copied["release_status"] in ("", ReleaseStatus.UNRELEASED)
    return found if is_new else found | Q(unreleased_only=True)


def _limits(candidate: Candidate) -> Q:
    """Return the intakes whose limits are reached; only labels that have something of the producer are asked."""
    limits = Q(most_open__isnull=False) | Q(most_weekly__isnull=False)
    labels = candidate.open_counts.keys() | candidate.week_counts.keys()
    if not labels:
        return NOTHING
    rows = Intake.objects.filter(limits, label__in=labels).values_list(
        "pk", "label", "most_open", "most_weekly"
    )
    return Q(pk__in=[pk for pk, label, most, weekly in rows if _is_full(candidate, label, most, weekly)])


def _is_full(candidate: Candidate, label: int, most_open: int | None, most_weekly: int | None) -> bool:
    has_many = bool(most_open) and candidate.open_counts.get(label, 0) >= (most_open or 0)
    return has_many or (bool(most_weekly) and candidate.week_counts.get(label, 0) >= (most_weekly or 0))
