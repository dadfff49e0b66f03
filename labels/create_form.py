"""A new label, in one short page."""

from typing import Any

from django import forms

from accounts.models import User
from labels import slugs
from labels.models import Label
from labels.profile import create_label
from labels.profile_form import SaidForm


class LabelCreateForm(SaidForm):
    """A new label; only name and time zone are needed, a slug left blank is made from the name."""

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
        self.fields["slug"].help_text = "trackflow/labels/address/. Left blank, it is made from the name."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["slug"]:
            cleaned["slug"] = slugs.suggested(cleaned["name"])
        return cleaned

    def clean_slug(self) -> str:
        return slugs.checked(slug) if (slug := self.cleaned_data["slug"]) else ""

    def create(self, *, owner: User) -> Label:
        """Create the label; IntegrityError when its slug was taken meanwhile."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return create_label(owner=owner, logo=self.new_picture(), **said)
