"""What one types to block a producer."""

from django import forms

from kit.forms import CleanText


class BlockForm(CleanText, forms.Form):
    """The team's own reason; the producer never reads it."""

    why = forms.CharField(
        label="Why, for the team alone",
        max_length=300,
        help_text="Your colleagues read it wherever they see that this producer is blocked. The producer does not.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
