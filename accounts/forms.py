"""Form of a user's own settings."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import CleanText

NO_ROLE = "Select at least one."


class PersonForm(CleanText, forms.ModelForm[User]):
    """Name, time zone, and whether they make music, run a label or both."""

    name = forms.CharField(max_length=120, help_text="Shown to labels and producers you work with.")

    class Meta:
        model = User
        fields = ["makes_music", "runs_label", "name", "time_zone"]
        help_texts = {
            "makes_music": "You send demos to labels.",
            "runs_label": "You receive demos, alone or in a team.",
            "time_zone": "All times are shown in this time zone.",
        }

    def save(self, commit: bool = True) -> User:
        """Save these fields alone: an admin may change others meanwhile."""
        self.instance.save(update_fields=self.Meta.fields)
        return self.instance

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("makes_music") or cleaned.get("runs_label")):
            self.add_error("makes_music", NO_ROLE)
        return cleaned
