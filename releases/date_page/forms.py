"""Forms of the release date."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from releases.forms import ReleaseForm, day_field, words_field
from releases.release_page.forms import TOLD


class DayForm(forms.Form):
    """The day that is asked about; nothing is saved."""

    release_on = day_field("Release date")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["release_on"].widget.attrs["min"] = today.isoformat()

    def clean_release_on(self) -> date:
        day: date = self.cleaned_data["release_on"]
        if day < self.today:
            raise ValidationError("This day has passed. Choose today or a later day.")
        return day


class ScheduleForm(ReleaseForm):
    """The day that was asked about, confirmed."""

    release_on = forms.DateField(label="Release date", widget=forms.HiddenInput)
    catalogue_number = forms.CharField(
        label="Catalogue number", max_length=40, required=False, help_text="Can be assigned later."
    )
    told = words_field("Note to the producers", help_text=TOLD)
