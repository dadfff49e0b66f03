"""Giving demos of the week to somebody."""

from typing import Any

from django import forms

from accounts.models import User
from desk.bulk.request import MOST_SELECTED
from kit import codes
from kit.forms import CleanText
from labels.access import team_at
from labels.models import Label


class WeekAssignForm(CleanText, forms.Form):
    """Which demos, and who has them from now on; without `assignee` nobody."""

    assignee = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose a member of the team, or nobody."},
    )

    def __init__(self, data: Any, *, label: Label) -> None:
        super().__init__(data)
        field: Any = self.fields["assignee"]
        field.queryset = team_at(label.pk, None)
        self._picked = data.getlist("pick")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self._picked:
            raise forms.ValidationError("Nothing is selected. Select demos first.")
        if len(self._picked) > MOST_SELECTED:
            raise forms.ValidationError(f"Select up to {MOST_SELECTED} demos at once.")
        try:
            cleaned["references"] = list(dict.fromkeys(codes.normalise("TF", each) for each in self._picked))
        except ValueError:
            raise forms.ValidationError("This selection is damaged. Select again.") from None
        return cleaned
