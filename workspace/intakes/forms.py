"""Forms for an intake's settings."""

from collections.abc import Collection
from typing import Any, Self

from django import forms
from django.db.models import Q

from catalog.models import Genre
from catalog.music.genres import in_families
from kit.forms import CleanText
from kit.moments import MomentField
from labels.choices import AIPolicy, ExclusivityPolicy, Strictness
from labels.intakes import forms as intakes_forms
from labels.models import Intake, Label

CALL_FIELDS = ("call_name", "access_code")
MOMENT_FIELDS = ("opens_at", "closes_at")


class IntakeForm(intakes_forms.IntakeForm):
    """All settings of an intake. Pass an instance of its own: typed values stay in it.

    `stamp` is the fingerprint of the intake when the page was made.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    call_name = forms.CharField(label="Name of the call", max_length=120)
    opens_at = MomentField(label="Opens", required=False, help_text="Leave blank to open now.")
    closes_at = MomentField(label="Closes", required=False, help_text="Leave blank for no closing date.")
    genre_strictness = forms.ChoiceField(
        label="Demos of other genres", choices=Strictness, widget=forms.RadioSelect
    )
    tempo_strictness = forms.ChoiceField(
        label="Demos at other tempos", choices=Strictness, widget=forms.RadioSelect
    )
    ai_policy = forms.ChoiceField(label="Generative AI", choices=AIPolicy, widget=forms.RadioSelect)
    exclusivity_policy = forms.ChoiceField(
        label="Exclusivity", choices=ExclusivityPolicy, widget=forms.RadioSelect
    )

    class Meta(intakes_forms.IntakeForm.Meta):
        fields = [*CALL_FIELDS, *intakes_forms.IntakeForm.Meta.fields]
        labels = {
            "tempo_from": "Tempo from",
            "tempo_to": "Tempo to",
            "unreleased_only": "Unreleased music only",
            "most_open": "Open demos per producer",
            "most_weekly": "Demos a week per producer",
            "promise_days": "Promise",
            "grace_days": "Grace",
            "answer_days": "Producer’s answer",
        }
        help_texts = {
            "message": "Shown to producers whether the intake is open or closed.",
            "access_code": "Leave blank for a public call. With a code (6 characters or more), only "
            "people who have it can send.",
            "promise_days": "Days until you answer.",
            "grace_days": "Days after that until it expires.",
            "answer_days": "Days to answer an offer or a request.",
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}

    def with_all_genres(self) -> Self:
        """Accept every genre, for previews of any intake; return the form."""
        self.fields["genres"].queryset = Genre.objects.all()  # type: ignore[attr-defined]  # of a choice field
        return self

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        for name in MOMENT_FIELDS:
            fields[name].zone, fields[name].kept = self.instance.label.zone, getattr(self.instance, name)
        fields["genres"].queryset = _genre_choices(self.instance)
        fields["required_fields"].label = "Required fields"
        if not is_call(self.instance):
            for name in CALL_FIELDS:
                del fields[name]

    def typed_genres(self) -> Collection[Genre]:
        """Return the typed genres; the form must be validated."""
        return list(self.cleaned_data.get("genres", []))


class PauseForm(CleanText, forms.Form):
    """Close an intake for now, or open it again, with a message for producers."""

    stamp = forms.CharField(widget=forms.HiddenInput, max_length=16)
    message = forms.CharField(
        label="Message to producers meanwhile",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def is_call(intake: Intake) -> bool:
    """Whether it is a call, saved or not."""
    return intake.pk is None or bool(intake.call_name)


def new_call(label: Label) -> Intake:
    return Intake(label=label)


def _genre_choices(intake: Intake) -> Any:
    chosen = intake.genres.values("pk") if intake.pk else []
    return in_families(Genre.objects.filter(Q(pk__in=chosen) | Q(retired_at=None, parent=None)))
