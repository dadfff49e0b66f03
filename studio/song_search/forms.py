"""A search for a project's song, and what is filled in of the song that was found."""

from typing import Any

from django import forms

from kit.forms import CleanText, KeyedForm
from studio.song_search.offers import LABELS
from studio.song_sources import sources_on


class SearchForm(CleanText, forms.Form):
    """Title and artist, and where to look."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Type the title of the song."}
    )
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    source = forms.ChoiceField(label="Search on", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.source.value, each.source.label) for each in sources_on()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.fields["source"].initial = choices[0][0] if choices else ""


class FillForm(KeyedForm):
    """A song among those that were found, and the fields to fill in."""

    song = forms.CharField(max_length=80, widget=forms.HiddenInput)
    stamp = forms.CharField(max_length=16, widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        choices=list(LABELS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


class AtOnceForm(forms.Form):
    """Whether a person's new projects are filled in without being asked for."""

    fills_songs = forms.BooleanField(
        label="Fill in my new projects automatically",
        required=False,
        help_text="Empty fields only, and only where title and artist match exactly.",
    )
