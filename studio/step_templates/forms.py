"""The form of a step template: its name, and a row for each step."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from kit.form_rows import count_rows
from kit.forms import CleanText
from steps.choices import HEAVIEST, LIGHTEST
from studio.models import StepTemplate
from studio.step_lists import choices_of, own_templates

MOST_STEPS, MOST_TEMPLATES = 100, 100
BLANK, MORE = 3, 8
"""Empty rows below those of a template, and in a new one or where somebody asks for more."""
MOST_ROWS = MOST_STEPS + BLANK
TAKEN = "You already have a template with this name."


class RowForm(CleanText, forms.Form):
    """A step; one without a name is left out."""

    name = forms.CharField(label="Step", max_length=120, required=False)
    weight = forms.IntegerField(
        label="Weight", min_value=LIGHTEST, max_value=HEAVIEST, initial=10, required=False
    )
    place = forms.IntegerField(label="Position", min_value=1, max_value=400, required=False)
    note = forms.CharField(label="Note", max_length=2000, required=False)

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get("name")


class TemplateForm(CleanText, forms.Form):
    """A template with its rows, put in order by their places."""

    name = forms.CharField(label="Template name", max_length=80)
    many = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_ROWS)

    twin: StepTemplate | None = None
    """The template that has the name already."""

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        template: StepTemplate | None = None,
        rows: Iterable[dict[str, Any]] = (),
        blank: int = BLANK,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.user, self.template = user, template
        known = [*rows, *({} for _ in range(blank))][:MOST_ROWS]
        if self.is_bound:
            known = [{}] * count_rows(self.data, MOST_ROWS)
        self.initial.setdefault("many", len(known))
        numbered = enumerate(known, 1)
        self.rows = [
            RowForm(data, prefix=f"row{number}", initial={"place": number, **row}) for number, row in numbered
        ]

    @classmethod
    def with_more_rows(cls, data: QueryDict, **options: Any) -> Self:
        """Return the form as it was typed, not looked at yet, with more empty rows; the first of them has the focus."""
        typed = [_typed(data, f"row{number}-") for number in range(1, count_rows(data, MOST_ROWS) + 1)]
        form = cls(rows=typed, blank=MORE, initial={"name": data.get("name", "")}, **options)
        for row in form.rows[len(typed) : len(typed) + 1]:
            row.fields["name"].widget.attrs["autofocus"] = True
        return form

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MOST_ROWS

    def is_valid(self) -> bool:
        are_valid = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(are_valid) and self._has_steps()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = own_templates(self.user)
        if self.template:
            others = others.exclude(pk=self.template.pk)
        elif others.count() >= MOST_TEMPLATES:
            raise ValidationError(f"You can have at most {MOST_TEMPLATES} templates. Retire one first.")
        self.twin = others.filter(name__iexact=name).first()
        if self.twin:
            raise ValidationError(TAKEN)
        return name

    def is_repeated(self) -> bool:
        """Whether the template that has the name has these very steps: the form was sent twice."""
        if self.twin is None or not all(row.is_valid() for row in self.rows):
            return False
        names = ("number", "position", "name", "weight", "note")
        return list(self.twin.steps.values(*names)) == self.read_steps()

    def read_steps(self) -> list[dict[str, Any]]:
        """Return the steps in the order of their places, numbered anew."""
        placed = [
            (*_place(number, row.cleaned_data["place"]), number, row.cleaned_data)
            for number, row in enumerate(self.rows, 1)
            if not row.is_blank
        ]
        kept = [said for *_, said in sorted(placed, key=lambda each: each[:3])]
        return [
            {
                "number": place,
                "position": place,
                "name": said["name"],
                "weight": said["weight"] or 10,
                "note": said["note"],
            }
            for place, said in enumerate(kept, 1)
        ]

    def _has_steps(self) -> bool:
        count = len(self.read_steps())
        if not count:
            self.add_error(None, "Add at least one step.")
        if count > MOST_STEPS:
            self.add_error(None, f"A template can have at most {MOST_STEPS} steps.")
        return 0 < count <= MOST_STEPS


class DefaultForm(forms.Form):
    """What new projects begin with."""

    template = forms.ChoiceField(label="New projects start with", required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["template"]
        field.choices = [("", "No steps"), *choices_of(user)]


def _typed(data: QueryDict, prefix: str) -> dict[str, str]:
    """Return what a row says, without its empty fields."""
    found = {name: str(data.get(f"{prefix}{name}", "")) for name in RowForm.base_fields}
    return {name: text for name, text in found.items() if text}


def _place(number: int, typed: int | None) -> tuple[int, int]:
    """Return where a row belongs: before the one that has the place if it was moved up, after it if down."""
    place = typed or number
    return place, (place > number) - (place < number)


def known_of(steps: Iterable[Any]) -> list[dict[str, Any]]:
    """Return a template's steps as the rows of its form."""
    return [{"name": each.name, "weight": each.weight, "note": each.note} for each in steps]
