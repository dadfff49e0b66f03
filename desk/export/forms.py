"""What an export holds: the form, and the choice that each member made last."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from desk.choices import ExportFormat
from desk.export.export_table import COLUMNS, GROUPS, USUAL, columns_named
from desk.models import ExportChoice
from labels.models import Label


class ExportForm(forms.Form):
    """Columns and format."""

    columns = forms.MultipleChoiceField(
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        error_messages={"required": "Choose at least one column."},
    )
    format = forms.ChoiceField(
        label="Format", choices=ExportFormat.choices, initial=ExportFormat.COMMA, widget=forms.RadioSelect
    )

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The columns by their heading: name, label, and whether it is chosen."""
        chosen = set(self["columns"].value() or ())
        return [
            (heading, [(each.name, each.label, each.name in chosen) for each in group])
            for heading, group in GROUPS.items()
        ]

    def query(self, text: str) -> str:
        """Return the query string of the file."""
        data = QueryDict(mutable=True)
        data["q"], data["columns"] = text, ",".join(self.cleaned_data["columns"])
        if self.cleaned_data["format"] == ExportFormat.SEMICOLON:
            data["separator"] = "semicolon"
        return f"?{data.urlencode(safe=',')}"

    @property
    def file(self) -> str:
        """The name of the file's address."""
        return "export-json" if self.cleaned_data["format"] == ExportFormat.JSON else "export-csv"


PRESETS = {"usual": USUAL, "all": tuple(COLUMNS)}


def form_of(user: User, label: Label, preset: str = "") -> ExportForm:
    """Return the form as this member filled it last here, or with the columns of a preset. One query."""
    choice = ExportChoice.objects.filter(user=user, label=label).first()
    remembered = [name for name in choice.columns if name in COLUMNS] if choice else USUAL
    initial: dict[str, Any] = {"columns": PRESETS.get(preset, remembered)}
    return ExportForm(initial=initial | ({"format": choice.format} if choice else {}))


def remember(form: ExportForm, user: User, label: Label) -> None:
    """Keep what a valid form says for the next time."""
    names = [column.name for column in columns_named(form.cleaned_data["columns"])]
    values = {"columns": names, "format": form.cleaned_data["format"]}
    ExportChoice.objects.update_or_create(user=user, label=label, defaults=values)
