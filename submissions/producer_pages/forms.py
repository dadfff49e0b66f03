"""The producer's forms for submissions."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from catalog.links.preview import LinkPreview, preview_of
from catalog.links.short_links import WAITING
from catalog.models import Track
from catalog.tracks.fields import link_input
from kit.clock import now
from kit.forms import ActionForm
from labels.models import Intake
from labels.questions import answers
from submissions.choices import LinkSlot, Transition, WithdrawReason
from submissions.deliverables.forms import HandInForm
from submissions.drafts.answers_form import AnswersForm
from submissions.holds.forms import RefuseForm
from submissions.models import Draft
from submissions.offers.forms import ClosingForm, CounterForm, SignForm
from submissions.splits.forms import SplitsForm

MOST_NOTE = 2000
NEEDED_TEMPLATE = "submissions/drafts/_needed_field.html"


def note_field(label: str, help_text: str = "") -> forms.CharField:
    """Return a field for a note to the label."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST_NOTE, required=False, widget=widget
    )


def track_field() -> "forms.ModelChoiceField[Track]":
    """Return a field for a producer's track; the form sets its queryset."""
    return forms.ModelChoiceField(
        Track.objects.none(),
        to_field_name="code",
        empty_label="Choose a track",
        error_messages={"invalid_choice": "This is not one of your tracks, or it is archived."},
    )


class DeclineForm(ActionForm):
    note = note_field("Note to the label", "Optional. The label’s team reads it.")


class WithdrawForm(ActionForm):
    reason = forms.ChoiceField(
        label="Why", required=False, choices=[("", "I would rather not say"), *WithdrawReason.choices]
    )
    note = note_field("Note to the label", "Optional. The label’s team reads it.")


class ReplaceLinkForm(ActionForm):
    """A new link, shown with its player and warnings before it is sent."""

    slot = forms.ChoiceField(
        label="Which link",
        choices=[(value, words.capitalize()) for value, words in LinkSlot.choices],
        widget=forms.RadioSelect,
    )
    url = forms.CharField(
        label="The new link",
        help_text="To the same music, at any host that can play it or stores the file.",
        widget=link_input(
            **{
                "hx-trigger": "input delay:400ms",
                "hx-target": "#link",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    shows_link = True
    preview: LinkPreview | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["url"].widget.attrs["hx-post"] = reverse("catalog:link-check")

    def clean_url(self) -> str:
        """Return the canonical link; where a short one leads, and what there is to read, has to be seen first."""
        preview = preview_of(self.cleaned_data["url"], may_ask=lambda: True, title="The new link")
        self.preview = preview
        if preview.is_waiting:
            raise ValidationError(WAITING, code="waiting")
        is_seen = self.data.get(self.add_prefix("seen")) == preview.stamp
        if "check" in self.data or (preview.asks_for_a_look and not is_seen):
            raise ValidationError("Check what we found about this link, then replace it.", code="unseen")
        return preview.link.url

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "seen"}


class DraftForm(AnswersForm):
    """A draft; nothing is required here, the door checks it. See `draft_form`."""

    saved = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    note = note_field("Note to the label", "Goes with the demo; everyone in the label’s team can read it.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refused: list[tuple[str, ValidationError]] = []

    def details(self) -> dict[str, Any]:
        """Return the details for the door, which reads the draft itself from the database."""
        return {"note": self.cleaned_data.get("note", "")}

    def refuse(self, error: ValidationError) -> None:
        """Show a refusal at its field, or keep it in `refused` if the form has no such field."""
        for name, errors in error.update_error_dict({}).items():
            if name in self.fields:
                self.add_error(name, errors)
            else:
                self.refused += [("" if name == NON_FIELD_ERRORS else name, each) for each in errors]

    def based_on(self, stamp: str) -> Self:
        """Return the same bound form, based on the draft saved with this `stamp`."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("saved")] = stamp
        return type(self)(data, prefix=self.prefix)


FORMS: Mapping[str, type[ActionForm]] = MappingProxyType(
    {
        Transition.SIGN.value: SignForm,
        Transition.COUNTER.value: CounterForm,
        Transition.DECLINE.value: DeclineForm,
        Transition.AGREE_HOLD.value: ClosingForm,
        Transition.REFUSE_HOLD.value: RefuseForm,
        Transition.REPLACE_LINK.value: ReplaceLinkForm,
        Transition.WITHDRAW.value: WithdrawForm,
        Transition.NUDGE.value: ActionForm,
        Transition.RESUBMIT.value: DraftForm,
        Transition.SET_SPLITS.value: SplitsForm,
        Transition.HAND_IN.value: HandInForm,
    }
)
"""The form of each transition of a producer."""


def draft_form(intake: Intake) -> type[DraftForm]:
    """Return the form class of a draft for this intake, with its questions and access code."""
    fields: dict[str, Any] = answers.fields_for(intake, draft=True)
    for question in answers.current_questions(intake):
        if question.is_required:
            fields[f"q{question.pk}"].template_name = NEEDED_TEMPLATE
    if intake.access_code:
        fields["access_code"] = forms.CharField(label="Access code", max_length=40, required=False)
        fields["access_code"].template_name = NEEDED_TEMPLATE
    return type("DraftForm", (DraftForm,), {**fields, "intake": intake})


def initial_of(draft: Draft) -> dict[str, Any]:
    """Return a form's initial data from a stored draft."""
    initial = {
        "note": draft.note,
        "access_code": draft.access_code,
        "saved": draft.stamp,
        "former": draft.asked,
    }
    return {**answers.load_answers(draft.answers), **initial}


class StartForm(forms.Form):
    """A track and an intake. `intakes` are listed; any open one is accepted by its code."""

    track = track_field()
    intake = forms.ModelChoiceField(
        Intake.objects.none(),
        label="Label",
        to_field_name="code",
        error_messages={"invalid_choice": "This is not taking demos any more. Choose another."},
    )

    def __init__(self, *args: Any, user: User, intakes: Iterable[Intake], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["track"].queryset = Track.objects.owned_by(user).current().order_by("-created_at", "-id")
        fields["intake"].queryset = Intake.objects.open_at(now()).select_related("label")
        fields["intake"].choices = _by_label(intakes)


def _by_label(intakes: Iterable[Intake]) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for intake in intakes:
        groups.setdefault(intake.label.name, []).append((intake.code, f"{intake.label}: {intake.title}"))
    return [("", "Choose a label"), *groups.items()]
