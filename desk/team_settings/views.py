"""The settings of a label's desk: criteria and team settings, for its managers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from desk.context import manager_desk_of
from desk.models import Criterion, TeamSettings
from desk.scores import service as scores
from desk.team_settings.forms import CriteriaForm, TeamSettingsForm
from kit.htmx import see_other
from labels.access import Desk, one_at_a_time, read_only_because
from submissions.errors import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
@one_at_a_time
def desk_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the settings of the desk, or change the team settings."""
    desk = manager_desk_of(request.user, slug)
    if request.method != "POST":
        return _page(request, desk)
    form = TeamSettingsForm(request.POST, instance=TeamSettings.of(desk.label))
    if sentence := read_only_because(desk.label):
        return _refused(request, desk, sentence)
    if form.is_outdated():
        return _page(request, desk, 409, settings_form=form)
    if not form.is_valid():
        return _page(request, desk, 422, settings_form=form)
    with transaction.atomic():
        form.save()
        for name in form.changed_data:
            kind, details = _change_to_log(name, form.cleaned_data[name])
            log.write(kind, label=desk.label, actor=request.user, **details)
    return _saved(request, desk)


def _change_to_log(name: str, value: bool | int) -> tuple[Activity.Kind, dict[str, Any]]:
    if name == "untouched_days":
        return Activity.Kind.UNTOUCHED_CHANGED, {"untouched": value}
    if name == "undo_seconds":
        return Activity.Kind.UNDO_CHANGED, {"seconds": value}
    return Activity.Kind.SETTING_CHANGED, {"setting": name, "is_on": value}


@require_POST
@one_at_a_time
def criterion_change(request: SignedInRequest, slug: str) -> HttpResponse:
    """Rename criteria and add one; by the button pressed also move one up or retire it."""
    desk = manager_desk_of(request.user, slug)
    form = CriteriaForm(request.POST, criteria=Criterion.used_by(desk.label))
    if sentence := read_only_because(desk.label):
        return _refused(request, desk, sentence)
    if form.is_outdated():
        return _page(request, desk, 409, criteria_form=form)
    if not form.is_valid():
        return _page(request, desk, 422, criteria_form=form)
    try:
        _change(request, desk, form)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, 422, criteria_form=form)
    return _saved(request, desk)


@transaction.atomic
def _change(request: SignedInRequest, desk: Desk, form: CriteriaForm) -> None:
    label, added = desk.label, form.cleaned_data.get("added", "")
    scores.change_criteria(label, actor=request.user, names=form.names, added=added)
    if "up" in request.POST:
        scores.move_criterion_up(label, _criterion(desk, request.POST["up"]))
    if "retire" in request.POST:
        scores.retire_criterion(label, _criterion(desk, request.POST["retire"]), actor=request.user)


def _criterion(desk: Desk, number: str) -> Criterion:
    found = [each for each in scores.saved_criteria_of(desk.label) if str(each.pk) == number]
    if not found:
        raise Http404
    return found[0]


def _saved(request: SignedInRequest, desk: Desk) -> HttpResponse:
    messages.success(request, "The desk settings are saved.")
    return see_other("desk:settings", slug=desk.label.slug)


def _refused(request: SignedInRequest, desk: Desk, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return _page(request, desk, 409)


def _page(request: SignedInRequest, desk: Desk, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "desk": desk,
        "label": desk.label,
        "is_manager": True,
        "settings_form": TeamSettingsForm(instance=TeamSettings.of(desk.label)),
        "criteria_form": CriteriaForm(criteria=Criterion.used_by(desk.label)),
        **forms,
    }
    return render(request, "desk/team_settings/settings.html", context, status=status)
