"""Forms of the outbox: to prepare and change a decision, and to set its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from desk.context import DeskContext
from desk.models import Proposal
from desk.outbox.held_decisions import hold
from desk.outbox.service import propose
from kit.clock import now
from kit.forms import ActionForm, CleanText
from labels.models import Label
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.forms import Outcome, form_for, renewed
from submissions.models import Submission
from submissions.offers.forms import initial_of

LATEST = timedelta(days=365)


def change_form(proposal: Proposal, submission: Submission, data: Any = None) -> ActionForm:
    """Return the form of a proposal, filled with its values."""
    form = form_for(submission, proposal.transition, data)
    form.initial.update(values_of(proposal))
    return form


def values_of(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as initial values of its form."""
    return {"note": proposal.note, **initial_of(proposal.details)}


def values_sent_back(context: DeskContext, transition: str, key: str) -> dict[str, Any]:
    """Return the values of the member's own proposal that was sent back, to prepare it again, else {}."""
    try:
        own = Proposal.objects.sent_back_to(context.user).of(context.submission).filter(key=UUID(key))
    except ValueError:
        return {}
    sent_back = own.filter(transition=transition).first()
    return values_of(sent_back) if sent_back else {}


class SendTimeForm(CleanText, forms.Form):
    """A day and a time in the label's time zone."""

    day = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at = forms.TimeField(label="Time", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = label.zone
        self.fields["at"].help_text = f"In {label}’s time zone, {label.time_zone}."
        today = now().astimezone(self.zone).date()
        latest = today + LATEST
        self.fields["day"].widget.attrs.update(min=today.isoformat(), max=latest.isoformat())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"day", "at"} <= cleaned.keys():
            cleaned["moment"] = self._moment(cleaned["day"], cleaned["at"])
        return cleaned

    def _moment(self, day: date, at: time) -> datetime:
        moment = datetime.combine(day, at, self.zone).astimezone(UTC)
        if moment.astimezone(self.zone).time() != at:
            raise ValidationError("The clocks go forward then: this time does not exist on that day.")
        if not now() < moment <= now() + LATEST:
            raise ValidationError("Choose a time in the future, within a year.")
        return moment


@dataclass(frozen=True)
class HeldOutcome(Outcome):
    """A decision that is sent in some seconds, unless it is undone."""

    held: Proposal | None = None


def attempt_hold(context: DeskContext, transition: str, form: ActionForm, seconds: int) -> Outcome:
    """Queue a decision from a form to be sent in some seconds. Raises PermissionDenied."""
    return _attempt(
        context, form, lambda **values: hold(context.submission, transition, seconds=seconds, **values)
    )


def attempt_proposal(context: DeskContext, transition: str, form: ActionForm) -> Outcome:
    """Prepare a decision from a form; 303 without an event on success. Raises PermissionDenied."""
    return _attempt(context, form, lambda **values: propose(context.submission, transition, **values))


def _attempt(context: DeskContext, form: ActionForm, prepare: Callable[..., Proposal]) -> Outcome:
    if not form.is_valid():
        return Outcome(422, form)
    details = form.details()
    values = {name: form.cleaned_data[name] for name in ("turn", "key")} | {"note": details.pop("note", "")}
    try:
        proposal = prepare(user=context.user, details=details, **values)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        return Outcome(409, renewed(form, context.submission), sentence=str(refusal))
    return HeldOutcome(303, form, held=proposal if proposal.is_held else None)
