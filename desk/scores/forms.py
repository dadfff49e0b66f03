"""What one ticks to score a revision."""

from typing import Any

from django import forms

from desk.models import Criterion, Review
from desk.models.annotations import HIGHEST, LOWEST
from desk.scores.criteria import field_of
from desk.widgets import KeyedRadios
from kit.forms import CleanText

MARKS = [(value, str(value)) for value in range(LOWEST, HIGHEST + 1)]


class ScoreForm(CleanText, forms.Form):
    """A mark for each criterion and a short comment; knows the revision that was heard."""

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
                label=criterion.name, choices=MARKS, coerce=int, widget=KeyedRadios
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The criteria, in the label's order."""
        return [self[name_of(each)] for each in self.criteria]

    def marks(self, saved: list[Criterion]) -> dict[Criterion, int]:
        """Return what was ticked, by criteria as they are saved now."""
        said = {name_of(each): self.cleaned_data[name_of(each)] for each in self.criteria}
        return {each: said[name_of(each)] for each in saved if name_of(each) in said}


def name_of(criterion: Criterion) -> str:
    return f"mark-{field_of(criterion)}"


def said_in(review: Review | None) -> dict[str, Any]:
    """Return what a review says, by the form's fields."""
    if review is None:
        return {}
    marks = {name_of(mark.criterion): mark.value for mark in review.marks.all()}
    return {"comment": review.comment, **marks}
