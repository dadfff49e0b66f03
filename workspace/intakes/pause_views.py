"""Closing an intake for now, opening it again, and deleting a call that nobody answered."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from activity.models import Activity
from kit.htmx import see_other
from labels.access import Desk
from labels.intakes import service as intakes
from labels.intakes.service import ChangedMeanwhile
from labels.models import Intake
from workspace.access import READ_ONLY, intake_at, log, managed, may_write
from workspace.intakes.forms import PauseForm
from workspace.intakes.page import list_page_of, pause_form
from workspace.intakes.views import LIST


@require_POST
def intake_pause(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Close an intake for now; or, where that button was pressed, open it again."""
    desk = managed(request, slug)
    intake = intake_at(desk, code)
    form = pause_form(intake, request.POST)
    if not form.is_valid():
        return _list(request, desk, 422, refused=(intake, form))
    if not may_write(desk):
        return _refused(request, desk, READ_ONLY)
    try:
        _switch(request, intake, form)
    except ChangedMeanwhile as refusal:
        typed = {**form.cleaned_data, "stamp": intakes.stamp_of(refusal.fresh)}
        return _refused(request, desk, str(refusal), refused=(intake, pause_form(refusal.fresh, typed)))
    return see_other("workspace:intakes", slug=slug)


@require_POST
def intake_delete(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Delete a call for which nobody ever made so much as a draft."""
    desk = managed(request, slug)
    call = intake_at(desk, code)
    if not may_write(desk):
        return _refused(request, desk, READ_ONLY)
    try:
        with transaction.atomic():
            intakes.delete(call)
            log(request, Activity.Kind.CALL_DELETED, call)
    except ValidationError as error:
        return _refused(request, desk, " ".join(error.messages))
    messages.success(request, f"“{call.title}” is deleted.")
    return see_other("workspace:intakes", slug=slug)


@transaction.atomic
def _switch(request: SignedInRequest, intake: Intake, form: PauseForm) -> None:
    is_open = "open" in request.POST
    switch: Callable[..., bool] = intakes.resume if is_open else intakes.pause
    if switch(intake, **form.cleaned_data):
        kind = Activity.Kind.INTAKE_OPENED if is_open else Activity.Kind.INTAKE_CLOSED
        log(request, kind, intake)
        said = "takes demos again" if is_open else "is closed for now"
        messages.success(request, f"“{intake.title}” {said}. Drafts of producers stay.")


def _refused(
    request: SignedInRequest, desk: Desk, sentence: str, *, refused: tuple[Intake, PauseForm] | None = None
) -> HttpResponse:
    messages.error(request, sentence)
    return _list(request, desk, 409, refused=refused)


def _list(
    request: SignedInRequest, desk: Desk, status: int, *, refused: tuple[Intake, PauseForm] | None = None
) -> HttpResponse:
    context = list_page_of(request.user, desk, QueryDict(), refused=refused)
    return render(request, LIST, context, status=status)
