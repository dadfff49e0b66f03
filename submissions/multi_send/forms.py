"""The form that selects a track and the labels to send it to."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from labels.intakes.rule_words import listed
from labels.models import Intake
from labels.models.intake import IntakeQuerySet
from submissions.producer_pages.forms import track_field

MOST = 8
"""The most labels at a time."""


class MultiSendForm(forms.Form):
    """A track and open public intakes, at most one of each label."""

    track = track_field()
    to = forms.ModelMultipleChoiceField(
        Intake.objects.none(),
        label="Labels",
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the labels that get it.",
            "invalid_choice": "One of these is not taking demos any more. Tick again.",
            "invalid_pk_value": "One of these is not taking demos any more. Tick again.",
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
            raise ValidationError(f"Tick at most {MOST} labels at a time; these are {len(chosen)}.")
        times = Counter(intake.label.name for intake in chosen)
        if twice := [name for name, number in times.items() if number > 1]:
            raise ValidationError(f"Tick one way to send for each label; you have more for {listed(twice)}.")
        return chosen


class PostedMultiSendForm(MultiSendForm):
    """The same selection posted with the labels' forms; accepts intakes that have closed since, to report them."""

    def intakes(self) -> IntakeQuerySet:
        return Intake.objects.public()
