"""Forms of what strangers find: a search, and a request to join."""

from django import forms

from kit.forms import CleanText, KeyedForm
from studio.form_fields import PartsField


class OpenFilter(CleanText, forms.Form):
    """Words of the search; empty is all."""

    q = forms.CharField(label="Search", required=False, max_length=200)


class AskForm(KeyedForm):
    """A request to join a public project."""

    parts = PartsField(label="What you would like to do")
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="What you have in mind, and where they can hear you.",
    )
