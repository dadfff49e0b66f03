"""Forms about a label: the directory's filter, its settings."""

from collections.abc import Iterable

from django import forms
from django.db import transaction

from accounts.models import User
from catalog.models import Genre
from kit.forms import CleanText
from labels import slugs
from labels.models import Label
from labels.profile import announce_change, change_label, change_logo
from labels.profile_form import LOGO, SaidForm

SLUG_HELP = "The label’s address here: trackflow/labels/address/. Letters a to z, digits, hyphens."

COLUMNS = ["name", "slug", "time_zone", "country", "website", "links", "about", "page_text", "shows_names"]

SORTS = [
    ("", "By name"),
    ("newest", "Newest first"),
    ("promise", "Keeps its promise"),
    ("speed", "Answers fastest"),
]


class DirectoryFilter(CleanText, forms.Form):
    """What the directory is narrowed to."""

    name = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"}))
    genre = forms.ModelChoiceField(
        Genre.objects.offered().parents(), required=False, to_field_name="slug", empty_label="Any genre"
    )
    sort = forms.ChoiceField(choices=SORTS, required=False)


class LabelForm(SaidForm):
    """What a label says about itself. Give it a copy: a refused edit stays in the instance."""

    slug = forms.CharField(
        label="Address", max_length=slugs.LONGEST, help_text=f"{SLUG_HELP} The old one leads here."
    )

    class Meta:
        model = Label
        fields = [*COLUMNS, "genres"]
        widgets = {"page_text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"page_text": "In Markdown, at most 10,000 characters. Stands below what you want."}

    def clean_slug(self) -> str:
        return slugs.checked(self.cleaned_data["slug"], label=self.instance)

    def change(self, *, by: User) -> Label:
        """Save as a member; the team’s log hears of it. IntegrityError as in `save`."""
        with transaction.atomic():
            label = self.save()
            if self.changed_data:
                announce_change(label, by=by, fields=self.changed_data)
        return label

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


def field_words(names: Iterable[str]) -> list[str]:
    """Return what these fields of a `LabelForm` are called in a sentence, each once."""
    labels = (str(LOGO.get(name) or LabelForm.base_fields[name].label or name) for name in names)
    return list(dict.fromkeys(f"{label[:1].lower()}{label[1:]}" for label in labels))
