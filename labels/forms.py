"""Forms about a label: the directory's filter, a new label, its settings."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q

from accounts.choices import time_zones
from accounts.models import User
from accounts.picture_field import PictureFields
from catalog.address import read_address
from catalog.genres import GenresField, in_families
from catalog.models import Genre
from kit.forms import CleanText
from labels import slugs
from labels.models import Label
from labels.setup import change_label, change_logo, create_label

SLUG_HELP = "The label’s address here: trackflow/labels/address/. Letters a to z, digits, hyphens."

COLUMNS = ["name", "slug", "time_zone", "country", "website", "about", "page_text", "shows_names"]


class DirectoryFilter(CleanText, forms.Form):
    """What the directory is narrowed to."""

    name = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"}))
    genre = forms.ModelChoiceField(
        Genre.objects.offered().parents(), required=False, to_field_name="slug", empty_label="Any genre"
    )
    sort = forms.ChoiceField(choices=[("", "By name"), ("newest", "Newest first")], required=False)


class LabelCreateForm(CleanText, forms.Form):
    """A new label; a slug left blank is made from the name."""

    name = forms.CharField(label="Name of the label", max_length=120)
    slug = forms.CharField(
        label="Address",
        required=False,
        max_length=slugs.LONGEST,
        help_text=f"{SLUG_HELP} Left blank, it is made from the name.",
    )
    time_zone = forms.ChoiceField(
        choices=time_zones, help_text="Opening hours and release days follow this zone."
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned["slug"]:
            cleaned["slug"] = slugs.suggested(cleaned["name"])
        return cleaned

    def clean_slug(self) -> str:
        return slugs.checked(slug) if (slug := self.cleaned_data["slug"]) else ""

    def save(self, *, owner: User) -> Label:
        """Create the label; IntegrityError when its slug was taken meanwhile."""
        return create_label(owner=owner, **self.cleaned_data)


class LabelForm(CleanText, PictureFields, forms.ModelForm):
    """What a label says about itself. Give it a copy: a refused edit stays in the instance."""

    slug = forms.CharField(
        label="Address", max_length=slugs.LONGEST, help_text=f"{SLUG_HELP} The old one leads here."
    )
    website = forms.URLField(required=False, assume_scheme="https", max_length=200)
    genres = GenresField(
        Genre.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you release. None: any genre.",
    )

    class Meta:
        model = Label
        fields = [*COLUMNS, "genres"]
        widgets = {"page_text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"page_text": "In Markdown, at most 10,000 characters. Stands below what you want."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["picture"].label = "Logo"
        self.fields["drops_picture"].label = "Remove the logo"
        chosen = self.instance.genres.values("pk")
        offered = Q(retired_at=None, parent=None)
        self.fields["genres"].queryset = in_families(Genre.objects.filter(Q(pk__in=chosen) | offered))  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        return slugs.checked(self.cleaned_data["slug"], label=self.instance)

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        return str(read_address(website)) if website else ""

    def save(self, commit: bool = True) -> Label:
        """Save what was changed; IntegrityError when the slug was taken meanwhile."""
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            change_label(self.instance, fields=set(self.changed_data) & set(COLUMNS))
            self.instance.genres.set(self.cleaned_data["genres"])
            if self.is_picture_changed():
                change_logo(self.instance, self.new_picture())
        return self.instance
