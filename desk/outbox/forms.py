"""Forms of the outbox: other words for what is prepared, and a time to release it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from desk.context import DeskContext
from desk.models import Proposal
from desk.outbox.service import propose
from kit.clock import now
from kit.forms import ActionForm, CleanText
from labels.models import Label
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.forms import Outcome, form_for, renewed
from submissions.models import Submission

LATEST = timedelta(days=365)


def change_form(proposal: Proposal, submission: Submission, data: Any = None) -> ActionForm:
    """Return the form of what is prepared, filled with what it says."""
    form = form_for(submission, proposal.transition, data)
    form.initial.update(said_of(proposal))
    return form


def said_of(proposal: Proposal) -> dict[str, Any]:
    """Return what a proposal says, by the names of its form's fields."""
    return {"note": proposal.note, **proposal.details}


def said_before(context: DeskContext, transition: str, key: str) -> dict[str, Any]:
    """Return what a member's own proposal said that came back, to prepare it again; nothing for others."""
    try:
        own = Proposal.objects.sent_back_to(context.user).of(context.submission).filter(key=UUID(key))
    except ValueError:
        return {}
    came_back = own.filter(transition=transition).first()
    return said_of(came_back) if came_back else {}


class ReleaseAtForm(CleanText, forms.Form):
    """A day and a time, as the label's clocks show them."""

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
            raise ValidationError("Clocks are put forward then: that time does not exist on that day.")
        if not now() < moment <= now() + LATEST:
            raise ValidationError("Choose a time that is yet to come, within a year.")
        return moment


def attempt_proposal(context: DeskContext, transition: str, form: ActionForm) -> Outcome:
    """Prepare what a form asks for; 303 without an event. Raises PermissionDenied (403)."""
    if not form.is_valid():
        return Outcome(422, form)
    details = form.details()
    said = {name: form.cleaned_data[name] for name in ("turn", "key")} | {"note": details.pop("note", "")}
    try:
        propose(context.submission, transition, user=context.user, details=details, **said)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        return Outcome(409, renewed(form, context.submission), sentence=str(refusal))
    return Outcome(303, form)
