"""What a label says about itself, as both forms about a label ask for it."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.pictures import PictureFields
from catalog.links.web_address import read_address
from catalog.models import Genre
from catalog.music.genres import GenresField, in_families
from kit.forms import CleanText
from labels.link_fields import MOST, LinksField
from labels.models import Label


class SaidForm(CleanText, PictureFields, forms.ModelForm[Label]):
    """Base of a form about a label: website, links, genres, logo."""

    website = forms.URLField(required=False, assume_scheme="https", max_length=200)
    links = LinksField(
        required=False,
        max_length=4000,
        help_text=f"One per line, at most {MOST}: Bandcamp, Discogs, an interview. Shown on your page.",
    )
    genres = GenresField(
        Genre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you release. None: any genre.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["picture"].label = "Logo"
        self.fields["drops_picture"].label = "Remove the logo"
        chosen = Genre.objects.filter(labels=self.instance.pk).values("pk")
        offered = Q(retired_at=None, parent=None)
        self.fields["genres"].queryset = in_families(Genre.objects.filter(Q(pk__in=chosen) | offered))  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        return str(read_address(website)) if website else ""
