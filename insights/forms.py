"""From which day to which."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from insights.figures import Span
from insights.spans import LONGEST

EARLIEST = date(2000, 1, 1)


class SpanForm(forms.Form):
    """Days in the label's zone, both ends included."""

    since = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since < EARLIEST:
            raise ValidationError(f"Nothing was received before {EARLIEST.year}.")
        return since

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > self.today:
            raise ValidationError("Figures end today: choose today or an earlier day.")
        return until

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day lies before the first.")
        elif since and until and until - since >= LONGEST:
            self.add_error("since", "Three years at most: choose a later day.")

    def span(self) -> Span:
        """Return what was asked for, once it is valid."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"])
