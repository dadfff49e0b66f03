from typing import Any

from django import forms

from accounts import return_path

BIGGEST = 2**63 - 1


class ReadForm(forms.Form):
    """The notifications to mark as read: one, or all up to one, of a `submission` alone if it is given.

    `back` is the page to return to.
    """

    notification = forms.IntegerField(min_value=1, max_value=BIGGEST, required=False)
    up_to = forms.IntegerField(min_value=1, max_value=BIGGEST, required=False)
    submission = forms.CharField(max_length=20, required=False)
    back = forms.CharField(max_length=return_path.LONGEST, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("notification") and not cleaned.get("up_to"):
            raise forms.ValidationError("One of the two is needed.")
        return cleaned
