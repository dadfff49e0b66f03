"""An intake's rules as a form."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple

from catalog.genres import GenresField, in_families
from catalog.models import Genre
from kit.forms import CleanText
from labels.models import Intake
from labels.rules import REQUIRABLE

OWN_ZONE = "Typed in your own time zone; producers read it in the label’s."


class IntakeForm(CleanText, forms.ModelForm):
    """All rules of an intake, contradictions refused at their field."""

    genres = GenresField(
        in_families(Genre.objects.all()),
        required=False,
        widget=FilteredSelectMultiple("genres", is_stacked=False),
        help_text="None: every genre.",
    )
    required_fields = forms.MultipleChoiceField(
        choices=list(REQUIRABLE.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Intake
        fields = "__all__"  # noqa: DJ007  # the admin page's fieldsets name them
        help_texts = {"opens_at": OWN_ZONE, "closes_at": OWN_ZONE, "access_code": "Empty: public."}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if _is_upside_down(cleaned.get("tempo_from"), cleaned.get("tempo_to")):
            self.add_error("tempo_to", "The tempo must not end below where it begins.")
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if _is_upside_down(opens_at, closes_at) or (opens_at and opens_at == closes_at):
            self.add_error("closes_at", "It must close after it opens.")
        if self._is_second_standing(cleaned):
            self.add_error("call_name", "The label has its standing intake already; name this call.")
        return cleaned

    def _is_second_standing(self, cleaned: dict[str, Any]) -> bool:
        label = cleaned.get("label") or getattr(self.instance, "label", None)
        if label is None or cleaned.get("call_name") != "":
            return False
        return label.intakes.filter(call_name="").exclude(pk=self.instance.pk).exists()


def _is_upside_down(low: Any, high: Any) -> bool:
    return low is not None and high is not None and high < low
