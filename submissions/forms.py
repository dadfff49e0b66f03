"""The label’s forms for acting on a submission, at its desk and in the admin, and how a posted form is performed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.module_loading import import_string

from accounts.requests import SignedInRequest, impersonator_of
from kit import attempts
from kit.clock import now
from kit.forms import ActionForm
from labels.models import Label
from submissions.choices import Reason, RescindReason, Transition, Welcome
from submissions.deliverables.forms import AskAgainForm, AskForForm, ItemForm, WaiveForm
from submissions.effects import EXTENSION_DAYS
from submissions.holds.forms import HoldForm
from submissions.models import Event, Submission
from submissions.offers.first_values import first_values
from submissions.offers.forms import OfferForm
from submissions.permissions import Actor
from submissions.workflow import perform

LONGEST = 4000
END_OF_DAY = time(23, 59, 59)


def _words(label: str, *, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, **options)


def _note(*, required: bool = False) -> forms.CharField:
    return _words("Note to the producer", required=required)


def _reason(reasons: type[TextChoices]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "Choose a reason"), *reasons.choices])


def _day(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


class RequestChangesForm(ActionForm):
    note = _note(required=True)


class RejectForm(ActionForm):
    reason = _reason(Reason)
    welcome = forms.ChoiceField(
        label="What would you welcome next?",
        choices=Welcome.choices,
        initial=Welcome.ANOTHER,
        widget=forms.RadioSelect,
    )
    note = _note()
    heard_elsewhere = forms.BooleanField(
        label="Heard elsewhere",
        required=False,
        help_text="On the host’s own page or another device. The history says so; it counts as no play here.",
    )


class ReopenForm(ActionForm):
    note = _note(required=True)


class RescindForm(ActionForm):
    reason = _reason(RescindReason)
    note = _note(required=True)


class OverrideSplitsForm(ActionForm):
    note = _note(required=True)


class DayForm(ActionForm):
    """A form with a date in the label's time zone, or in UTC without a `label`."""

    def __init__(self, *args: Any, label: Label | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label = label
        self.zone = label.zone if label else ZoneInfo("UTC")

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=self.details(), prefix=self.prefix, label=self.label)

    @property
    def today(self) -> date:
        return now().astimezone(self.zone).date()

    def limit_days(self, name: str, **days: date) -> None:
        """Limit the browser's date picker: `min`, `max`."""
        self.fields[name].widget.attrs.update({side: day.isoformat() for side, day in days.items()})


class ScheduleForm(DayForm):
    release_on = _day("Release date")
    catalogue_number = forms.CharField(required=False, max_length=40)
    note = _note()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit_days("release_on", min=self.today)


class ExtendForm(DayForm):
    """More time, until the end of a day at the label."""

    until = _day(
        "You will answer by", help_text=f"The end of that day, at most {EXTENSION_DAYS} days from now."
    )
    note = _note()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit_days("until", min=self.today, max=self._latest.date())

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self._latest.date():
            raise ValidationError(f"Choose a day from today to {self._latest:%-d %B %Y}.", code="range")
        return until

    def details(self) -> dict[str, Any]:
        details = super().details()
        end = datetime.combine(details["until"], END_OF_DAY, self.zone)
        return details | {"until": min(end, self._latest)}

    @property
    def _latest(self) -> datetime:
        return (now() + timedelta(days=EXTENSION_DAYS)).astimezone(self.zone)


FORMS: Mapping[str, type[ActionForm]] = MappingProxyType(
    {
        Transition.START_REVIEW.value: ActionForm,
        Transition.SHORTLIST.value: ActionForm,
        Transition.REQUEST_CHANGES.value: RequestChangesForm,
        Transition.ACCEPT.value: OfferForm,
        Transition.REVISE_OFFER.value: OfferForm,
        Transition.REJECT.value: RejectForm,
        Transition.REOPEN.value: ReopenForm,
        Transition.RESCIND.value: RescindForm,
        Transition.SCHEDULE.value: ScheduleForm,
        Transition.EXTEND.value: ExtendForm,
        Transition.OVERRIDE_SPLITS.value: OverrideSplitsForm,
        Transition.HOLD.value: HoldForm,
        Transition.END_HOLD.value: ActionForm,
        Transition.ASK_FOR.value: AskForForm,
        Transition.APPROVE.value: ItemForm,
        Transition.ASK_AGAIN.value: AskAgainForm,
        Transition.WAIVE.value: WaiveForm,
    }
)
"""The form of each transition of a label."""


def form_for(submission: Submission, transition: str, data: Any = None) -> ActionForm:
    """Return the form of a transition, bound to `data` if given. Raises KeyError for a transition not in FORMS."""
    kind = FORMS[transition]
    options: dict[str, Any] = {"label": submission.label} if issubclass(kind, DayForm) else {}
    if issubclass(kind, AskForForm | ItemForm):
        options = {"submission": submission}
    known: dict[str, Any] = {
        "release_on": submission.release_on,
        "catalogue_number": submission.catalogue_number,
    }
    if issubclass(kind, OfferForm) and data is None:
        known = first_values(submission)
    return kind(data, turn=submission.turn, initial=known, **options)


def producer_of(request: SignedInRequest) -> Actor:
    """Return the signed-in producer as an actor, with whoever impersonates them."""
    return Actor.producer(request.user, impersonator_of(request))


Outcome = attempts.Outcome[Event]


def attempt(form: ActionForm, submission: Submission, transition: str, actor: Actor, **more: Any) -> Outcome:
    """Perform the transition with a form’s data. Raises PermissionDenied (403) for a role that may not."""

    def act(**carried: Any) -> Event:
        return door_of(transition)(submission, transition, actor=actor, **carried, **form.details(), **more)

    return attempts.attempt(form, act, lambda: renewed(form, submission))


def door_of(transition: str) -> Callable[..., Event]:
    """Return what performs a transition: `perform`, or what a higher app does in its place (`SUBMISSION_DOORS`)."""
    path = settings.SUBMISSION_DOORS.get(transition)
    return import_string(path) if path else perform


def renewed(form: ActionForm, submission: Submission) -> ActionForm:
    """Return the form with its input, for the submission’s current turn and with a new key."""
    turn = Submission.objects.filter(pk=submission.pk).values_list("turn", flat=True).first()
    return form.renewed(submission.turn if turn is None else turn)
