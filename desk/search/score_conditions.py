"""What a query asks of scores, which a label may hide from members until they gave theirs."""

from decimal import Decimal

from django.db.models import Q

from desk.models import TeamSettings
from desk.scores.visibility import reviewed_by, scored_by
from desk.search.conditions import SearchContext
from desk.search.ranges import UNSCORED, ScoreRange

BY_SCORE = "score"


def with_score(value: ScoreRange, context: SearchContext) -> Q:
    """Uses the expression of the order, for its index; no score is 0 in it."""
    hides = TeamSettings.of(context.label).hides_scores
    if value == UNSCORED:
        return ~scored_by(context.user) if hides else Q(score_order=0)
    at_least = Q(score_order__gte=value.low) if value.low else Q(score_order__gt=Decimal(0))
    found = at_least & Q(score_order__lte=value.high) if value.high else at_least
    return found & score_seen_by(context) if hides else found


def readable_order(value: str, context: SearchContext) -> Q:
    """An order by hidden scores would reveal them, so it is limited to what the member scored."""
    is_hidden = value == BY_SCORE and TeamSettings.of(context.label).hides_scores
    return score_seen_by(context) if is_hidden else Q()


def score_seen_by(context: SearchContext) -> Q:
    return reviewed_by(context.user) & scored_by(context.user)
