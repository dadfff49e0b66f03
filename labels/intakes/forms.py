"""Form of an intake's rules."""

from typing import Any

from django import forms

from catalog.models import Genre
from catalog.music.genres import GenresField, in_families
from kit.forms import CleanText
from kit.moments import YEARS
from labels.intakes.service import CALL_FIELDS, RULE_FIELDS
from labels.models import Intake
from labels.rules import REQUIRABLE


class IntakeForm(CleanText, forms.ModelForm):
    """An intake's rules; contradictory values are refused at their field."""

    genres = GenresField(
        in_families(Genre.objects.all()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Select none to accept every genre.",
    )
    required_fields = forms.MultipleChoiceField(
        choices=list(REQUIRABLE.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Intake
        fields = [*(name for name in RULE_FIELDS if name not in CALL_FIELDS), "genres"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if _is_upside_down(cleaned.get("tempo_from"), cleaned.get("tempo_to")):
            self.add_error("tempo_to", "“Tempo to” must not be lower than “Tempo from”.")
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if _is_upside_down(opens_at, closes_at) or (opens_at and opens_at == closes_at):
            self.add_error("closes_at", "The closing time must be after the opening time.")
        for name in ("opens_at", "closes_at"):
            if (moment := cleaned.get(name)) and moment.year not in YEARS:
                self.add_error(name, f"Choose a day from {YEARS.start} to {YEARS.stop - 1}.")
        return cleaned


def _is_upside_down(low: Any, high: Any) -> bool:
    return low is not None and high is not None and high < low
