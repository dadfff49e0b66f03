"""The forms of a sending to several labels: the selection, the search for labels, and the shared note."""

import uuid
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from catalog.models import Genre, Track
from kit.clock import now
from kit.forms import CleanText
from labels.intakes.rule_words import listed
from labels.models import Intake
from labels.models.intake import IntakeQuerySet
from submissions.models import LabelList, SavedNote
from submissions.producer_pages.forms import MOST_NOTE, note_field, track_field

MOST = 25
"""The most labels at a time."""

CLOSED = "One of these is not taking demos any more. Select again."


class MultiSendForm(forms.Form):
    """A track and open public intakes, at most one of each label."""

    track = track_field()
    to = forms.ModelMultipleChoiceField(
        Intake.objects.none(),
        label="Labels",
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select the labels that get it.",
            "invalid_choice": CLOSED,
            "invalid_pk_value": CLOSED,
        },
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        own = Track.objects.owned_by(user).current().with_genre().prefetch_related("collaborators")
        fields["track"].queryset = own.order_by("-created_at", "-id")
        full = self.intakes().select_related("label__record").prefetch_related("genres", "questions")
        fields["to"].queryset = full.order_by("label__name", "call_name", "id")

    def intakes(self) -> IntakeQuerySet:
        """Return the intakes to choose from."""
        return Intake.objects.open_at(now()).public()

    def clean_to(self) -> list[Intake]:
        chosen = list(self.cleaned_data["to"])
        if len(chosen) > MOST:
            raise ValidationError(f"Select at most {MOST} labels at a time; these are {len(chosen)}.")
        times = Counter(intake.label.name for intake in chosen)
        if twice := [name for name, number in times.items() if number > 1]:
            raise ValidationError(
                f"Select one way to send for each label; you have more for {listed(twice)}."
            )
        return chosen


class PostedMultiSendForm(MultiSendForm):
    """The same selection posted with the labels' forms; accepts intakes that have closed since, to report them."""

    def intakes(self) -> IntakeQuerySet:
        return Intake.objects.public()


class LabelSearchForm(CleanText, forms.Form):
    """What to look for among the labels that a track can be sent to."""

    name = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"}))
    genre = forms.ModelChoiceField(
        Genre.objects.offered().parents(), required=False, to_field_name="slug", empty_label="Any genre"
    )
    list = forms.ModelChoiceField(
        LabelList.objects.none(),
        label="Label list",
        required=False,
        to_field_name="code",
        empty_label="All labels",
    )
    can = forms.BooleanField(label="Only labels that can get it", required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["list"].queryset = LabelList.objects.owned_by(user).order_by("name")  # type: ignore[attr-defined]


NOTE_HELP = (
    "Goes with the demo to each label without a note of its own. "
    "{label} becomes the label’s name, {track} the track’s title."
)


class SharedForm(CleanText, forms.Form):
    """The note to all labels, saved notes to insert, and which page this is."""

    note = note_field("Note to all labels", NOTE_HELP)
    saved_note = forms.ModelChoiceField(
        SavedNote.objects.none(),
        label="Your saved notes",
        required=False,
        to_field_name="code",
        empty_label="Choose a note",
    )
    note_name = forms.CharField(label="Save this note as", required=False, max_length=80)
    saved = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("page", uuid.uuid4())
        self.fields["saved_note"].queryset = SavedNote.objects.owned_by(user).order_by("name")  # type: ignore[attr-defined]

    @property
    def page_key(self) -> uuid.UUID | None:
        """The key of the page that was posted."""
        return self.cleaned_data.get("page")


def fill_note(note: str, *, label: str, track: str) -> str:
    """Return a note with the names of label and track in place of {label} and {track}."""
    return note.replace("{track}", track).replace("{label}", label)


def too_long(note: str, label: str, track: str) -> str:
    """Return why a filled note cannot be sent, "" if it can."""
    length = len(fill_note(note, label=label, track=track))
    return f"For {label} this has {length} characters; {MOST_NOTE} is the most." if length > MOST_NOTE else ""
