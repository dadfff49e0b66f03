"""The form of a step template: its name, and a row for each step."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.form_rows import count_rows
from kit.forms import CleanText
from labels.models import Label
from releases.models import StepTemplate
from steps.choices import EARLIEST, HEAVIEST, LATEST, LIGHTEST, Area
from steps.cycles import cycle_sentence, find_cycle

MOST_STEPS, BLANK = 100, 3
NUMBERS = re.compile(r"[\s,;]+")
COLUMNS = ("name", "area", "weight", "days_before", "is_shared")
TAKEN = "You have a template of this name already."


class RowForm(CleanText, forms.Form):
    """A step; one without a name is left out."""

    name = forms.CharField(label="Step", max_length=120, required=False)
    area = forms.ChoiceField(label="Area", choices=Area.choices, initial=Area.OTHER, required=False)
    days_before = forms.IntegerField(
        label="Days before", min_value=LATEST, max_value=EARLIEST, initial=14, required=False
    )
    weight = forms.IntegerField(
        label="Weight", min_value=LIGHTEST, max_value=HEAVIEST, initial=10, required=False
    )
    waits_for = forms.CharField(label="Waits for", max_length=60, required=False)
    is_shared = forms.BooleanField(label="Producers see it", required=False)

    def clean_waits_for(self) -> list[int]:
        words = [each for each in NUMBERS.split(self.cleaned_data["waits_for"]) if each]
        if not all(each.isascii() and each.isdigit() for each in words):
            raise ValidationError("Name steps by their numbers, such as 1, 3.")
        return [int(each) for each in words]

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get("name")


class TemplateForm(CleanText, forms.Form):
    """A template with its rows; steps wait for each other by the numbers that the page shows."""

    name = forms.CharField(label="Name of the template", max_length=80)
    many = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_STEPS)

    def __init__(
        self,
        data: Any = None,
        *,
        label: Label,
        template: StepTemplate | None = None,
        steps: Iterable[Any] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.label, self.template = label, template
        known = [_row_of(step) for step in steps] + [{}] * BLANK
        self.initial.setdefault("many", len(known))
        if self.is_bound:
            known = [{}] * count_rows(self.data, MOST_STEPS)
        self.rows = [RowForm(data, prefix=f"row{number}", initial=row) for number, row in enumerate(known, 1)]

    def is_valid(self) -> bool:
        are_valid = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(are_valid) and self._fits_together()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = StepTemplate.objects.of(self.label).filter(name__iexact=name)
        if self.template:
            others = others.exclude(pk=self.template.pk)
        if others.exists():
            raise ValidationError(TAKEN)
        return name

    def read_steps(self) -> list[dict[str, Any]]:
        """Return the steps, numbered anew in their order."""
        kept = {number: row.cleaned_data for number, row in enumerate(self.rows, 1) if not row.is_blank}
        place = {number: at for at, number in enumerate(kept, 1)}
        return [
            {
                "number": place[number],
                "position": place[number],
                "name": said["name"],
                "area": said["area"] or Area.OTHER,
                "weight": said["weight"] or 10,
                "days_before": said["days_before"] or 0,
                "is_shared": said["is_shared"],
                "waits_for": sorted({place[each] for each in said["waits_for"] if each in place}),
            }
            for number, said in kept.items()
        ]

    def _fits_together(self) -> bool:
        steps = self.read_steps()
        if not steps:
            self.add_error(None, "Add at least one step.")
            return False
        names = {step["number"]: step["name"] for step in steps}
        if cycle := find_cycle({step["number"]: step["waits_for"] for step in steps}):
            self.add_error(None, cycle_sentence(cycle, names))
            return False
        return True


def _row_of(step: Any) -> dict[str, Any]:
    said = {name: getattr(step, name) for name in COLUMNS}
    return said | {"waits_for": ", ".join(map(str, step.waits_for))}
