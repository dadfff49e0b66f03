"""Forms that answer requests to join."""

from django import forms

from kit.forms import KeyedForm
from studio.choices import CREW_LEVELS, Level
from studio.form_fields import PartsField

WORDS = {Level.VIEW: "View", Level.EDIT: "Edit"}


class AcceptForm(KeyedForm):
    """With which level and parts somebody is taken into the crew."""

    level = forms.TypedChoiceField(
        label="Access",
        choices=[(value, WORDS[Level(value)]) for value, _ in CREW_LEVELS],
        coerce=int,
        initial=Level.VIEW,
    )
    parts = PartsField(label="What they do", help_text="")
