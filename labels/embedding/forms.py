"""Forms of the embed: the start of a demo, and the sites that may show it."""

from typing import Any

from django import forms

from catalog.models import Genre
from catalog.tracks.fields import LinkField, link_input
from kit.forms import CleanText, StampedForm
from labels.embedding.sites import MOST, read_sites
from labels.models import Label


class DemoStartForm(CleanText, forms.Form):
    """The start of a demo, filled in before signing in."""

    title = forms.CharField(label="Track title", max_length=150)
    link = LinkField(
        label="Link to the track",
        max_length=2000,
        help_text="SoundCloud, Dropbox, Google Drive, YouTube and others; private links are fine.",
        widget=link_input(),
    )
    artist_name = forms.CharField(label="Your artist name", max_length=120)
    genre = forms.ModelChoiceField(
        Genre.objects.offered().parents(),
        required=False,
        to_field_name="slug",
        empty_label="Choose a genre",
    )
    intake = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class SitesForm(CleanText, StampedForm):
    """Sites, besides the label's website, that may show its embed."""

    sites = forms.CharField(
        label="Other sites",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": MOST, "placeholder": "https://www.label.example"}),
        help_text=f"One per line, at most {MOST}. With and without “www.” are two sites.",
    )

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, initial={"sites": "\n".join(label.embed_sites)}, **options)

    def clean_sites(self) -> list[str]:
        return read_sites(self.cleaned_data["sites"])
