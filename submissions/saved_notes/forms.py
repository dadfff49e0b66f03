"""The form of a saved note."""

from typing import Any

from django import forms

from accounts.models import User
from kit.forms import CleanText
from submissions.models import SavedNote

TAKEN = "You have a note of this name already. Choose another."


class SavedNoteForm(CleanText, forms.ModelForm[SavedNote]):
    """A note's name and text; a producer's names differ."""

    class Meta:
        model = SavedNote
        fields = ["name", "text"]
        labels = {"text": "Note"}
        help_texts = {"text": "{label} becomes the label’s name, {track} the track’s title."}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if SavedNote.objects.owned_by(self.user).filter(name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN, code="taken")
        return name
