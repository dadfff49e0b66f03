"""What a query asks of scores: where a label hides them, only of those that the member may see."""

from decimal import Decimal

from django.db.models import Q

from desk.scores.visibility import reviewed_by, scored_by
from desk.search.conditions import Asking
from desk.search.score_ranges import UNSCORED, Scores
from desk.team_settings.service import settings_of

BY_SCORE = "score"


def with_score(value: Scores, asking: Asking) -> Q:
    """The order's expression is asked, for its index; there no score is 0."""
    hides = settings_of(asking.label).hides_scores
    if value == UNSCORED:
        return ~scored_by(asking.user) if hides else Q(score_order=0)
    at_least = Q(score_order__gte=value.low) if value.low else Q(score_order__gt=Decimal(0))
    found = at_least & Q(score_order__lte=value.high) if value.high else at_least
    return found & seen_by(asking) if hides else found


def in_order(value: str, asking: Asking) -> Q:
    """An order by hidden scores would tell them, so it holds what the member scored themself."""
    return seen_by(asking) if value == BY_SCORE and settings_of(asking.label).hides_scores else Q()


def seen_by(asking: Asking) -> Q:
    return reviewed_by(asking.user) & scored_by(asking.user)
