"""What one types to tag: a name and a colour, or one press."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desk.choices import Hue
from desk.models import Tag
from kit.forms import CleanText
from labels.models import Label

QUOTES = set('"“”„')


class TagForm(CleanText, forms.Form):
    """A tag's name and colour."""

    name = forms.CharField(max_length=Tag._meta.get_field("name").max_length)
    hue = forms.ChoiceField(label="Colour", choices=[(hue.value, hue.label.lower()) for hue in Hue])

    def clean_name(self) -> str:
        """Return the name in one line; quotes would end it too early in a query."""
        name = " ".join(self.cleaned_data["name"].split())
        if QUOTES & set(name):
            raise ValidationError("A tag’s name has no quotes in it.", code="quotes")
        return name


class PressForm(forms.Form):
    """Which tag was pressed, to put it on or to take it off."""

    put = forms.ModelChoiceField(Tag.objects.none(), required=False)
    take = forms.ModelChoiceField(Tag.objects.none(), required=False)

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.queryset = Tag.objects.filter(label=label)  # type: ignore[attr-defined]  # a ModelChoiceField
