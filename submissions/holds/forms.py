"""The form by which a label asks for a hold; the producer's answers are `ClosingForm` and `RefuseForm`."""

from django import forms

from kit.forms import ActionForm
from submissions.holds.status import MOST_DAYS


class HoldForm(ActionForm):
    days = forms.IntegerField(label="For how many days", min_value=1, max_value=MOST_DAYS, initial=14)
    note = forms.CharField(
        label="Note to the producer",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RefuseForm(ActionForm):
    note = forms.CharField(
        label="Note to the label", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
