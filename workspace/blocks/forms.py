"""The form that blocks a producer."""

from django import forms

from kit.forms import CleanText


class BlockForm(CleanText, forms.Form):
    """The team's own reason; never shown to the producer."""

    why = forms.CharField(
        label="Reason, for your team only",
        max_length=300,
        help_text="Your colleagues see it wherever this producer is marked as blocked. The producer does not.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
