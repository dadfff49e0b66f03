"""Intakes: every member may read them, managers change them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.requests import SignedInRequest
from activity.models import Activity
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from kit.htmx import answer, see_other
from labels.access import Desk, desk_of, read_only_because
from labels.intakes import service as intakes
from labels.models import Intake
from workspace.access import desk_for_request, intake_at, log_intake, manager_desk
from workspace.intakes.forms import IntakeForm, PauseForm, new_call
from workspace.intakes.page import (
    conflicts,
    effect_page_of,
    form_of,
    form_page_of,
    list_page_of,
    pause_form,
    typed_effects,
)

LIST, FORM = "workspace/intakes/intakes.html", "workspace/intakes/intake_form.html"
PARTIALS = {"access": "workspace/intakes/_access_code.html"}


def gone_is_conflict(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view answer 409 with the list of intakes where a colleague deleted the call or question meanwhile."""

    @wraps(view)
    def guarded(request: SignedInRequest, slug: str, **parts: Any) -> HttpResponse:
        try:
            return view(request, slug, **parts)
        except Gone as refusal:
            if not request.htmx:
                return _conflict_list(request, desk_of(request.user, slug), str(refusal))
            messages.error(request, str(refusal))
            return HttpResponseClientRedirect(reverse("workspace:intakes", args=[slug]))

    return guarded


@require_safe
def intake_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the standing intake and the calls, with counts of received and waiting demos."""
    desk = desk_of(request.user, slug)
    return render(request, LIST, list_page_of(request.user, desk, request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
def intake_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a call."""
    desk = manager_desk(request, slug)
    return _handle_form(request, desk, new_call(desk.label))


@require_http_methods(["GET", "HEAD", "POST"])
@gone_is_conflict
def intake_edit(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show or change an intake's settings; demos sent before keep their terms."""
    desk = desk_for_request(request, slug)
    return _handle_form(request, desk, intake_at(desk, code))


@require_safe
def intake_effect(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what the rules in the query string would have done to last month's demos."""
    desk = desk_of(request.user, slug)
    form = IntakeForm(request.GET, instance=new_call(desk.label)).with_all_genres()
    return render(
        request, "workspace/intakes/_effects.html", effect_page_of(typed_effects(request.user, form))
    )


def _handle_form(request: SignedInRequest, desk: Desk, intake: Intake) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk, form_of(intake))
    if "suggest" in request.POST:
        return _suggest_code(request, desk, intake)
    form = form_of(intake, request.POST)
    if "preview" in request.POST:
        return _page(request, desk, form)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, form, 409)
    if not form.is_valid():
        return _page(request, desk, form, 422)
    return _save(request, desk, form)


def _save(request: SignedInRequest, desk: Desk, form: IntakeForm) -> HttpResponse:
    try:
        with transaction.atomic():
            is_new = _write(request, form)
    except ChangedMeanwhile as refusal:
        return _conflict(request, desk, form, refusal.fresh)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, desk, form, 422)
    done = "is open." if is_new else "is saved. Demos already sent keep their terms."
    messages.success(request, f"“{form.instance.title}” {done}")
    return see_other("workspace:intakes", slug=desk.label.slug)


def _write(request: SignedInRequest, form: IntakeForm) -> bool:
    """Save the form; return whether the call takes demos from now on and did not exist before."""
    intake, genres = form.instance, form.typed_genres()
    if intake.pk is None:
        intakes.create(intake, genres=genres)
        log_intake(request, Activity.Kind.CALL_MADE, intake)
        return intake.is_open(now())
    if changes := intakes.change(intake, genres=genres, stamp=form.cleaned_data["stamp"]):
        log_intake(request, Activity.Kind.INTAKE_CHANGED, intake, changes=changes)
    return False


def _conflict(request: SignedInRequest, desk: Desk, form: IntakeForm, fresh: Intake) -> HttpResponse:
    """Answer 409 with the typed form and the conflicting settings; saving again overwrites them."""
    stands = conflicts(form, fresh)
    typed = _changed_post(request.POST, stamp=intakes.stamp_of(fresh))
    return _page(request, desk, form_of(fresh, typed), 409, stands=stands, meanwhile=True)


def _suggest_code(request: SignedInRequest, desk: Desk, intake: Intake) -> HttpResponse:
    """Show the form as typed, with a new access code."""
    form = form_of(intake, _changed_post(request.POST, access_code=intakes.suggested_code()))
    form.errors.clear()  # validated only on saving
    return _page(request, desk, form)


def _changed_post(posted: QueryDict, **fields: str) -> QueryDict:
    typed = posted.copy()
    for name, value in fields.items():
        typed[name] = value
    return typed


def _page(
    request: SignedInRequest, desk: Desk, form: IntakeForm, status: int = 200, **more: object
) -> HttpResponse:
    context = form_page_of(request.user, desk, form, **more)
    return answer(request, FORM, context, partials=PARTIALS, status=status)


@require_POST
@gone_is_conflict
def intake_pause(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Close an intake for now, or open it again, by the button pressed."""
    desk = manager_desk(request, slug)
    intake = intake_at(desk, code)
    form = pause_form(intake, request.POST)
    if sentence := read_only_because(desk.label):
        return _conflict_list(request, desk, sentence, refused=(intake, form))
    if not form.is_valid():
        return _list(request, desk, 422, refused=(intake, form))
    try:
        _pause_or_resume(request, intake, form)
    except ChangedMeanwhile as refusal:
        typed = {**form.cleaned_data, "stamp": intakes.stamp_of(refusal.fresh)}
        return _conflict_list(request, desk, str(refusal), refused=(intake, pause_form(refusal.fresh, typed)))
    return see_other("workspace:intakes", slug=slug)


@require_POST
@gone_is_conflict
def intake_delete(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Delete a call that has no drafts or demos."""
    desk = manager_desk(request, slug)
    call = intake_at(desk, code)
    if sentence := read_only_because(desk.label):
        return _conflict_list(request, desk, sentence)
    try:
        with transaction.atomic():
            intakes.delete(call)
            log_intake(request, Activity.Kind.CALL_DELETED, call)
    except ValidationError as error:
        return _conflict_list(request, desk, " ".join(error.messages))
    messages.success(request, f"“{call.title}” is deleted.")
    return see_other("workspace:intakes", slug=slug)


@transaction.atomic
def _pause_or_resume(request: SignedInRequest, intake: Intake, form: PauseForm) -> None:
    is_open = "open" in request.POST
    switch: Callable[..., bool] = intakes.resume if is_open else intakes.pause
    if switch(intake, **form.cleaned_data):
        kind = Activity.Kind.INTAKE_OPENED if is_open else Activity.Kind.INTAKE_CLOSED
        log_intake(request, kind, intake)
        state = "is open again" if is_open else "is closed for now"
        messages.success(request, f"“{intake.title}” {state}. Producers’ drafts are kept.")


def _conflict_list(
    request: SignedInRequest, desk: Desk, sentence: str, *, refused: tuple[Intake, PauseForm] | None = None
) -> HttpResponse:
    messages.error(request, sentence)
    return _list(request, desk, 409, refused=refused)


def _list(
    request: SignedInRequest, desk: Desk, status: int, *, refused: tuple[Intake, PauseForm] | None = None
) -> HttpResponse:
    context = list_page_of(request.user, desk, QueryDict(), refused=refused)
    return render(request, LIST, context, status=status)
