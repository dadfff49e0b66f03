"""An intake's rules as the office's form."""

from typing import Any

from django.contrib.admin.widgets import FilteredSelectMultiple

from catalog.models import Genre
from catalog.music.genres import GenresField, in_families
from labels.intakes import forms as intakes_forms
from labels.models import Intake

OWN_ZONE = "Typed in your own time zone; producers read it in the label’s."


class IntakeForm(intakes_forms.IntakeForm):
    """All columns of an intake."""

    genres = GenresField(
        in_families(Genre.objects.all()),
        required=False,
        widget=FilteredSelectMultiple("genres", is_stacked=False),
        help_text="None: every genre.",
    )

    class Meta:
        model = Intake
        fields = "__all__"  # the admin page's fieldsets name them
        help_texts = {"opens_at": OWN_ZONE, "closes_at": OWN_ZONE, "access_code": "Empty: public."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_second_standing(cleaned):
            self.add_error("call_name", "The label has its standing intake already; name this call.")
        return cleaned

    def _is_second_standing(self, cleaned: dict[str, Any]) -> bool:
        label = cleaned.get("label") or getattr(self.instance, "label", None)
        if label is None or cleaned.get("call_name") != "":
            return False
        return label.intakes.filter(call_name="").exclude(pk=self.instance.pk).exists()
