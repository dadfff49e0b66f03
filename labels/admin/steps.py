"""The steps of a label's status as buttons of the admin: done at once, or on a page that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts import record
from accounts.models import User
from accounts.reauthentication import require_confirmation
from kit.forms import CleanText
from kit.htmx import see_other
from labels import status
from labels.choices import ProofState
from labels.models import Label

TEMPLATE = "admin/labels/label/step.html"


class ConfirmForm(CleanText, forms.Form):
    """A step that needs nothing typed."""


class SuspendForm(ConfirmForm):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        error_messages={"required": "Say why: the label’s owners and managers read it."},
        help_text="Owners and managers of the label read it as you write it; producers do not.",
    )


DONE = {
    "verify": "verified",
    "suspend": "suspended",
    "unsuspend": "lifted the suspension of",
    "close": "closed",
    "reopen": "reopened",
}
"""What the record says of each step."""


@dataclass(frozen=True)
class Step:
    """A button with what it does in a sentence; without `asks_first` one press does it."""

    act: Callable[..., Label]
    button: str
    effect: str
    asks_first: bool = False
    form: type[ConfirmForm] = ConfirmForm

    @property
    def done(self) -> str:
        return DONE[self.name]

    @property
    def name(self) -> str:
        return self.act.__name__

    def fits(self, label: Label) -> bool:
        return label.status in status.ALLOWED_FROM[self.name]

    def take(self, label: Label, admin: User, details: dict[str, Any]) -> Label:
        """Take the step and return the fresh label; ValidationError if the status does not allow it."""
        by = {} if self.act in (status.verify, status.reopen) else {"by": admin}
        with transaction.atomic():
            fresh = self.act(label, **by, **details)
            because = {"because": details["reason"]} if details.get("reason") else {}
            record.tell("label_step", actor=admin, label_id=label.pk, step=self.done, **because)
        return fresh


STEPS = {
    step.name: step
    for step in (
        Step(status.verify, "Verify", "The label can receive demos. Its owners and managers are told."),
        Step(
            status.suspend,
            "Suspend",
            "The desk can only be read, no demo arrives, and all deadlines stop until you lift it.",
            asks_first=True,
            form=SuspendForm,
        ),
        Step(status.unsuspend, "Lift the suspension", "The label works again and its deadlines run on."),
        Step(
            status.close,
            "Close",
            "The label leaves the directory and receives no demo. What lies there can still be answered.",
            asks_first=True,
        ),
        Step(status.reopen, "Reopen", "The label has to be verified again before it receives demos."),
    )
}


def steps_for(label: Label) -> list[Step]:
    """Return the steps that the label's status allows."""
    return [step for step in STEPS.values() if step.fits(label)]


def act(page: ModelAdmin[Label], request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step, or show the page that asks; 409 if the label's status no longer allows it."""
    label, step = get_object_or_404(page.get_queryset(request), pk=pk), STEPS.get(name)
    if step is None:
        raise Http404
    if not page.has_change_permission(request, label) or not isinstance(request.user, User):
        raise PermissionDenied
    form = step.form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(page, request, label, step, form, 422 if form.is_bound else 200)
    if step.act == status.close:
        require_confirmation(request)
    try:
        take(page, request, label, step, form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _page(page, request, label, step, form, 409)
    if request.POST.get("next") == "proofs":
        return see_other("admin:labels_proof_changelist")
    return see_other("admin:labels_label_change", label.pk)


def take(
    page: ModelAdmin[Any], request: HttpRequest, label: Label, step: Step, details: dict[str, Any]
) -> None:
    """Take a step, log it and show a message; ValidationError if the status does not allow it."""
    label = step.take(label, request.user, details)  # type: ignore[arg-type]  # staff
    now = label.get_status_display().lower()
    reason = f" Reason: {details['reason']}" if "reason" in details else ""
    page.log_change(request, label, f"{step.button}: now {now}.{reason}")
    page.message_user(request, f"{label} is {now}.", messages.SUCCESS)


def buttons_of(label: Label) -> dict[str, Any]:
    """Return the context of `admin/labels/label/_steps.html`: what can be done now, and the proof that waits."""
    waiting = label.proofs.filter(state=ProofState.WAITING).order_by("-given_at", "-id").first()
    return {"label": label, "steps": steps_for(label), "waiting_proof": waiting}


def _page(
    page: ModelAdmin[Label], request: HttpRequest, label: Label, step: Step, form: ConfirmForm, status: int
) -> HttpResponse:
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": f"{step.button}: {label}",
        "label": label,
        "step": step,
        "form": form,
        "is_possible": step.fits(label),
        "open_demos": label.submissions.live().count(),
        "producers": label.submissions.live().values("producer").distinct().count(),
        "back": reverse("admin:labels_label_change", args=[label.pk]),
    }
    return render(request, TEMPLATE, context, status=status)
