"""Forms of a series' tracklist."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kit.forms import KeyedForm
from studio.choices import Mark
from studio.effects.entries import MOST_ENTRIES
from studio.models import Pack, Project
from studio.order_form import OrderForm
from studio.series_page.lines import read_lines

MARKS = [(mark.value, mark.label) for mark in Mark if mark != Mark.PROJECT]
NUMBER = re.compile(r"[0-9]{1,4}")
EXAMPLE = "1. Nova – Tides\n2. Maya Ray – Night Shift\n3. Nova – Ebb"


class LinesForm(KeyedForm):
    """Lines added below the others."""

    lines = forms.CharField(
        label="Songs",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": EXAMPLE}),
        help_text="One song per line: artist, a dash, title. Numbers in front are ignored.",
    )

    def clean_lines(self) -> list[tuple[str, str]]:
        found, faults = read_lines(self.cleaned_data["lines"])
        if faults:
            raise ValidationError(faults)
        if not found:
            raise ValidationError("There are no songs in these lines.")
        return found

    def details(self) -> dict[str, Any]:
        return {"entries": self.cleaned_data["lines"]}

    def refuse(self, error: ValidationError) -> None:
        """The door's word for the lines is `entries`."""
        self.add_error("lines", error.messages)


class MarkForm(KeyedForm):
    """What becomes of a line, in one press."""

    mark = forms.ChoiceField(choices=MARKS)


class LinkForm(KeyedForm):
    """The project of the series in which a line is made."""

    project = forms.ModelChoiceField(
        label="Project", queryset=Project.objects.none(), to_field_name="code", empty_label="Choose a project"
    )

    def __init__(self, *args: Any, pack: Pack, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["project"]
        field.queryset = pack.projects.current().select_related("track").order_by("position", "id")

    def details(self) -> dict[str, Any]:
        return {"mark": Mark.PROJECT, **super().details()}


class EntryOrderForm(OrderForm):
    """All lines in order."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, most=MOST_ENTRIES)

    def clean_order(self) -> list[str]:
        names = self.cleaned_data["order"]
        if not all(NUMBER.fullmatch(name) for name in names):
            raise ValidationError("These are no songs of the tracklist.")
        return list(names)

    def details(self) -> dict[str, Any]:
        return {"entries": [int(name) for name in self.names]}
