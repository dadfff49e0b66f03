"""The day on which a set was played."""

from django import forms

from kit.forms import CleanText


class DayForm(CleanText, forms.Form):
    played_on = forms.DateField(
        label="Played on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
