"""A file is matched to a demo, or a match removed: by the code of a recording, never by a path."""

from django import forms
from django.core.exceptions import ValidationError

from kit import codes
from kit.forms import CleanText
from labels.models import Label
from recordings.choices import Kind
from recordings.models import Recording

MATCH, REMOVE = "match", "remove"


class MatchForm(CleanText, forms.Form):
    act = forms.ChoiceField(choices=[(MATCH, "Match"), (REMOVE, "Remove")])
    recording = forms.CharField(max_length=20, error_messages={"required": "Choose a file from the list."})
    kind = forms.ChoiceField(
        choices=[(Kind.MASTER.value, "Master"), (Kind.PREMASTER.value, "Pre-master")], required=False
    )

    def __init__(self, *args: object, label: Label, **options: object) -> None:
        super().__init__(*args, **options)
        self.label = label

    def clean_recording(self) -> Recording:
        """Return the label's recording with this code."""
        try:
            reference = codes.normalise("RE", self.cleaned_data["recording"])
        except ValueError:
            reference = ""
        found = Recording.objects.filter(reference=reference, shelf__label=self.label).first()
        if found is None:
            raise ValidationError("There is no such file on your shelves. Choose one from the list.")
        return found
