"""Forms of a label: creating it, its profile, and the directory's filter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.pictures import PictureFields
from catalog.links.web_address import read_address
from catalog.models import Genre
from catalog.music import known_genres
from catalog.music.genres import GenresField, in_families
from kit.forms import CleanText, FilterSelect, StampedForm
from labels import slugs
from labels.link_fields import MOST, LinksField
from labels.models import Label
from labels.profile import announce_change, change_label, change_logo, create_label

SLUG_HELP = "Your page’s address: trackflow/labels/your-label. Use letters a to z, digits and hyphens."
COLUMNS = [
    *("name", "slug", "time_zone", "country", "website", "links", "about", "page_text"),
    *("shows_names", "message_rule", "most_unanswered", "keeps_months"),
]
LOGO = {"picture": "Logo", "drops_picture": "Remove the logo"}
"""What the fields of a picture are called here."""

SORTS = [
    ("", "By name"),
    ("newest", "Newest first"),
    ("promise", "Keeps its promise"),
    ("speed", "Answers fastest"),
]


def offered_genres() -> list[tuple[str, str]]:
    """Return the choices of a genre by slug; subgenres are found under theirs."""
    known = known_genres.genres().values()
    return [
        ("", "Any genre"),
        *((each.slug, each.name) for each in known if each.is_offered and not each.parent),
    ]


FOR_TRACK = [("", "Best fit"), ("name", "By name"), *SORTS[1:]]
"""The orders of a track's directory."""


class DirectoryFilter(CleanText, forms.Form):
    """Filter and order of the directory; for a track, best fit first and a choice to leave out what stops it."""

    name = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"}))
    genre = forms.ChoiceField(choices=offered_genres, required=False, widget=FilterSelect)
    sort = forms.ChoiceField(choices=SORTS, required=False, widget=FilterSelect)
    can = forms.BooleanField(label="Only labels that can get it", required=False)

    def __init__(self, *args: Any, has_track: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_track:
            self.fields["sort"].choices = FOR_TRACK  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["can"]


class LabelProfileForm(CleanText, PictureFields, forms.ModelForm[Label]):
    """Base of the forms below: website, links, genres, logo."""

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
        help_text="What you release. Select none for any genre.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in LOGO.items():
            self.fields[name].label = words
        chosen = Genre.objects.filter(labels=self.instance.pk).values("pk")
        offered = Q(retired_at=None, parent=None)
        self.fields["genres"].queryset = in_families(Genre.objects.filter(Q(pk__in=chosen) | offered))  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        return str(read_address(website)) if website else ""


class LabelCreateForm(LabelProfileForm):
    """A new label; only name and time zone are required, a blank slug is made from the name."""

    slug = forms.CharField(label="Address", required=False, max_length=slugs.LONGEST)

    class Meta:
        model = Label
        fields = ["name", "time_zone", "slug", "country", "website", "links", "about", "genres"]
        labels = {"name": "Name of the label"}
        help_texts = {
            "time_zone": "Opening hours and release days follow it.",
            "about": "A few plain sentences: the sound, what you never sign, how you answer.",
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["drops_picture"]
        self.fields["slug"].help_text = "trackflow/labels/your-label. Leave blank to create it from the name."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["slug"]:
            cleaned["slug"] = slugs.suggest_slug(cleaned["name"])
        return cleaned

    def clean_slug(self) -> str:
        return slugs.check_slug(slug) if (slug := self.cleaned_data["slug"]) else ""

    def create(self, *, owner: User) -> Label:
        """Create the label; IntegrityError if its slug was taken meanwhile."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return create_label(owner=owner, logo=self.new_picture(), **said)


class LabelForm(StampedForm, LabelProfileForm):
    """A label's profile. Pass a copy of the label: an invalid form leaves its values in the instance."""

    slug = forms.CharField(
        label="Address", max_length=slugs.LONGEST, help_text=f"{SLUG_HELP} The old address redirects here."
    )

    class Meta:
        model = Label
        fields = [*COLUMNS, "genres"]
        widgets = {"page_text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "page_text": "In Markdown, at most 10,000 characters. Shown below “What we want”.",
            "message_rule": "You can always write first. An offer or a request for changes opens it too.",
            "most_unanswered": "From 1 to 20. Then they wait for your answer.",
            "keeps_months": "Then links, notes, messages, answers and contact are removed from them; the history "
            "stays. You and their producers are told 14 days before. Demos that were ever signed are kept.",
        }

    def clean_slug(self) -> str:
        return slugs.check_slug(self.cleaned_data["slug"], label=self.instance)

    def change(self, *, by: User) -> Label:
        """Save as a member; the team’s log hears of it. IntegrityError as in `save`."""
        with transaction.atomic():
            label = self.save()
            if self.changed_data:
                announce_change(label, by=by, fields=self.changed_data)
        return label

    def save(self, commit: bool = True) -> Label:
        """Save the changed fields; IntegrityError if the slug was taken meanwhile."""
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            change_label(self.instance, fields=set(self.changed_data) & set(COLUMNS))
            self.instance.genres.set(self.cleaned_data["genres"])
            if self.is_picture_changed():
                change_logo(self.instance, self.new_picture())
        return self.instance


def field_words(names: Iterable[str]) -> list[str]:
    """Return what these fields of a `LabelForm` are called in a sentence, each once."""
    labels = (str(LOGO.get(name) or LabelForm.base_fields[name].label or name) for name in names)
    return list(dict.fromkeys(f"{label[:1].lower()}{label[1:]}" for label in labels))
