"""What a submission's page says of scores to one member."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from desk.context import DeskContext
from desk.models import Mark, Review
from desk.scores.criteria import criteria_of
from desk.scores.forms import ScoreForm, said_in
from desk.scores.service import closed_because
from desk.scores.visibility import Score, figure, seen_score
from submissions.models import Revision


@dataclass(frozen=True)
class Given:
    """One member's score: its mean, and its marks where there are several."""

    review: Review
    mean: str
    marks: list[Mark]


@dataclass(frozen=True)
class Scores:
    """The team's scores as one member sees them.

    `others` are for the present revision, `outdated` by the number of an earlier one; `hidden` counts the
    colleagues whose scores wait for this member's own.
    """

    team: Score | None
    own: Given | None
    others: list[Given]
    outdated: list[tuple[int, list[Given]]]
    hidden: int
    may_give: bool
    form: ScoreForm | None


def scores_of(context: DeskContext, revision: Revision, form: ScoreForm | None = None) -> Scores:
    """Return the scores of a submission whose last revision this is. Two queries, three where there are any."""
    reviews = list(Review.objects.of(context.submission))
    seen = _seen(context, reviews)
    current = [_given(each) for each in seen if each.revision.number == revision.number]
    own = next((each for each in current if each.review.member_id == context.user.pk), None)
    may_give = context.is_reviewer and not closed_because(context.submission, context.desk.label)
    return Scores(
        team=seen_score(context.submission),
        own=own,
        others=[each for each in current if each is not own],
        outdated=_outdated(seen, revision),
        hidden=len({each.member_id for each in reviews if each not in seen}),
        may_give=may_give,
        form=(form or form_of(context, revision.number, initial=said_in(own.review if own else None)))
        if may_give
        else None,
    )


def form_of(context: DeskContext, revision: int, data: Any = None, **options: Any) -> ScoreForm:
    """Return the form of a label's criteria. One query."""
    return ScoreForm(data, criteria=criteria_of(context.desk.label), revision=revision, **options)


def _seen(context: DeskContext, reviews: Sequence[Review]) -> list[Review]:
    """Return what this member may see: all, or where scores are hidden those up to their own last one."""
    if not getattr(context.submission, "hides_scores", True):
        return list(reviews)
    mine = [each.revision.number for each in reviews if each.member_id == context.user.pk]
    return [each for each in reviews if mine and each.revision.number <= max(mine)]


def _given(review: Review) -> Given:
    marks = list(review.marks.all())
    mean = sum((Decimal(mark.value) for mark in marks), Decimal(0)) / len(marks)
    return Given(review, figure(mean), marks if len(marks) > 1 else [])


def _outdated(reviews: Sequence[Review], revision: Revision) -> list[tuple[int, list[Given]]]:
    older = [each for each in reviews if each.revision.number < revision.number]
    by_number = groupby(older, key=lambda each: each.revision.number)
    return [(number, [_given(each) for each in found]) for number, found in by_number]
