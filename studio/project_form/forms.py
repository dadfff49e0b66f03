"""The form of a new project."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import KeyedForm
from studio.choices import Visibility
from studio.form_fields import MOST_OFFERED, NewestField, TitleField, YearField
from studio.models import Pack
from studio.step_lists import choices_of, default_of

MORE_PACKS = (
    f"Your {MOST_OFFERED} packs worked on most recently. Open an older pack to start a project there."
)


class NewProjectForm(KeyedForm):
    """What is known of a project when it begins; only the title is needed."""

    title = TitleField(help_text="A working title will do.")
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    album = forms.CharField(label="Album", max_length=150, required=False)
    year = YearField()
    steps = forms.ChoiceField(
        label="Steps", required=False, help_text="Copied from a template; you can change them later."
    )
    pack = NewestField(label="Pack", model=Pack, empty_label="None", required=False)
    visibility = forms.ChoiceField(
        label="Who can see it", choices=Visibility.choices, initial=Visibility.PRIVATE
    )
    notes = forms.CharField(
        label="Notes", max_length=5000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        packs = Pack.objects.current().edited_by(user).order_by("-touched_at", "-id")
        fields: dict[str, Any] = self.fields
        fields["pack"].offer(packs, MORE_PACKS)
        fields["steps"].choices = [*choices_of(user), ("", "No steps yet")]
        fields["steps"].initial = default_of(user)
        fields["title"].widget.attrs["autofocus"] = True
