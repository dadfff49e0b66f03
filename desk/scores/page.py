"""The scores on a submission's page as one member sees them, and the form that gives one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from desk.context import DeskContext
from desk.models import Criterion, Review
from desk.models.annotations import HIGHEST, LOWEST
from desk.scores.visibility import (
    MemberScore,
    Score,
    closed_because,
    member_score,
    visible_reviews,
    visible_score,
)
from kit.forms import CleanText
from submissions.models import Revision


class NumberedRadios(forms.RadioSelect):
    """Radio buttons that the keys 1 to 9 press."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **options)
        option["attrs"]["aria-keyshortcuts"] = str(int(option["index"]) + 1)
        return option


MARKS = [(value, str(value)) for value in range(LOWEST, HIGHEST + 1)]


class ScoreForm(CleanText, forms.Form):
    """A mark for each criterion and a short comment, for the revision that the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Why", required=False, max_length=Review._meta.get_field("comment").max_length
    )

    def __init__(
        self, *args: Any, criteria: list[Criterion], revision: int, initial: Any = None, **options: Any
    ) -> None:
        self.criteria = criteria
        super().__init__(
            *args, initial={**(initial or {}), "revision": revision}, auto_id="score_%s", **options
        )
        for criterion in criteria:
            self.fields[name_of(criterion)] = forms.TypedChoiceField(
                label=criterion.name, choices=MARKS, coerce=int, widget=NumberedRadios
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the criteria, in the label's order."""
        return [self[name_of(each)] for each in self.criteria]

    def marks(self, saved: list[Criterion]) -> dict[Criterion, int]:
        """Return the marks by criterion as saved now."""
        values = {name_of(each): self.cleaned_data[name_of(each)] for each in self.criteria}
        return {each: values[name_of(each)] for each in saved if name_of(each) in values}


def name_of(criterion: Criterion) -> str:
    return f"mark-{criterion.field_name}"


def initial_of(review: Review | None) -> dict[str, Any]:
    """Return a review as initial values of the form."""
    if review is None:
        return {}
    marks = {name_of(mark.criterion): mark.value for mark in review.marks.all()}
    return {"comment": review.comment, **marks}


@dataclass(frozen=True)
class Scores:
    """The team's scores as one member sees them.

    `others` are for the last revision, `outdated` for earlier ones by number; `hidden` counts the colleagues whose
    scores this member sees only after giving one.
    """

    team: Score | None
    own: MemberScore | None
    others: list[MemberScore]
    outdated: list[tuple[int, list[MemberScore]]]
    hidden: int
    may_give: bool
    form: ScoreForm | None


def scores_of(
    context: DeskContext,
    revision: Revision,
    reviews: Sequence[Review],
    criteria: list[Criterion],
    form: ScoreForm | None = None,
) -> Scores:
    """Return the scores of a submission; `revision` is its last, `criteria` the label's. No query."""
    seen = visible_reviews(context.submission, context.user, reviews)
    current = [member_score(each) for each in seen if each.revision.number == revision.number]
    own = next((each for each in current if each.review.member_id == context.user.pk), None)
    may_give = context.is_reviewer and not closed_because(context.submission, context.desk.label)
    return Scores(
        team=visible_score(context.submission),
        own=own,
        others=[each for each in current if each is not own],
        outdated=_outdated(seen, revision),
        hidden=len({each.member_id for each in reviews if each not in seen}),
        may_give=may_give,
        form=(form or _fresh_form(context, revision, criteria, own)) if may_give else None,
    )


def _fresh_form(
    context: DeskContext, revision: Revision, criteria: list[Criterion], own: MemberScore | None
) -> ScoreForm:
    used = criteria or Criterion.used_without(context.desk.label)
    return ScoreForm(criteria=used, revision=revision.number, initial=initial_of(own.review if own else None))


def form_of(context: DeskContext, revision: int, data: Any = None, **options: Any) -> ScoreForm:
    """Return the form for the label's criteria. One query."""
    return ScoreForm(data, criteria=Criterion.used_by(context.desk.label), revision=revision, **options)


def _outdated(reviews: Sequence[Review], revision: Revision) -> list[tuple[int, list[MemberScore]]]:
    older = [each for each in reviews if each.revision.number < revision.number]
    by_number = groupby(older, key=lambda each: each.revision.number)
    return [(number, [member_score(each) for each in found]) for number, found in by_number]
