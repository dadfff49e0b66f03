"""What a person says of a recording: one fact, its kind, or that its tempo was read wrong."""

from typing import Any

from django import forms

from catalog.music.keys import key_choices
from catalog.music.known_genres import genres
from catalog.music.units import HIGHEST, LOWEST
from kit.forms import CleanText
from recordings.choices import Fact, Kind
from recordings.facts.corrections import Correction
from recordings.facts.values import LONGEST, clean


class FactForm(CleanText, forms.Form):
    """The value of one fact."""

    value = forms.CharField(max_length=LONGEST)

    def __init__(self, fact: Fact, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id=f"id_{fact.value}", **options)
        self.fact = fact
        self.fields["value"].label = fact.label
        self.fields["value"].widget = _widget(fact)
        self.fields["value"].error_messages["required"] = f"Give the {fact.label.lower()}, or clear it."

    def clean_value(self) -> str:
        return clean(self.fact, self.cleaned_data["value"])


class KindForm(CleanText, forms.Form):
    """What the recording is to whoever keeps it."""

    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)


class TempoForm(CleanText, forms.Form):
    """By what a tempo that was read wrong is multiplied."""

    correction = forms.ChoiceField(choices=Correction.choices)


def _widget(fact: Fact) -> forms.Widget:
    if fact == Fact.KEY:
        return forms.Select(choices=[("", "Choose a key"), *key_choices()])
    if fact == Fact.GENRE:
        named = [(slug, genre.full_name) for slug, genre in genres().items()]
        return forms.Select(choices=[("", "Choose a genre"), *sorted(named, key=lambda each: each[1])])
    if fact == Fact.TEMPO:
        bounds = {"min": str(LOWEST), "max": str(HIGHEST), "step": "0.01", "inputmode": "decimal"}
        return forms.NumberInput(bounds)
    return forms.TextInput({"autocomplete": "off", "maxlength": LONGEST})
