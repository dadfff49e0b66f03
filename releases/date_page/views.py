"""Setting and moving the release date: what becomes of the steps is shown first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from releases.choices import Transition
from releases.date_page.forms import DayForm, ScheduleForm
from releases.desk_context import ReleaseContext, context_at, page_context
from releases.forms import Outcome, attempt
from releases.models import ReleaseStep
from releases.release_page.page import same_day_of
from releases.service import settings_of
from releases.timeline import date_words
from steps.due_dates import Move, moves

T = Transition


@dataclass(frozen=True)
class MoveRow:
    """A step whose due date changes."""

    name: str
    old: str
    new: str
    is_past: bool


@require_http_methods(["GET", "HEAD", "POST"])
def release_date(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Ask for a date, show what it moves, and set it."""
    context = context_at(request, slug, code)
    context.require_role(T.SCHEDULE)
    release = context.release
    if request.method == "POST":
        return _posted(request, context)
    asked = _asked(request.GET if "release_on" in request.GET else None, context)
    if not asked.is_bound or not asked.is_valid():
        status = 422 if asked.is_bound else 200
        return _page(request, context, asked, status=status)
    known = {"release_on": asked.cleaned_data["release_on"], "catalogue_number": release.catalogue_number}
    form = ScheduleForm(turn=release.turn, initial=known)
    return _page(request, context, asked, form, day=known["release_on"])


def _posted(request: SignedInRequest, context: ReleaseContext) -> HttpResponse:
    form = ScheduleForm(request.POST)
    outcome = attempt(form, context.release, T.SCHEDULE, context.actor)
    if outcome.event:
        day = date_words(outcome.event.release.release_on)
        messages.success(request, f"The release date is {day}.")
        return see_other(context.url)
    day_said: date | None = form.cleaned_data.get("release_on")
    asked = _asked({"release_on": day_said.isoformat() if day_said else ""}, context)
    return _page(request, context.refreshed(), asked, outcome.form, day=day_said, outcome=outcome)


def _asked(data: Any, context: ReleaseContext) -> DayForm:
    known = {"release_on": context.release.release_on}
    return DayForm(data, today=context.today, initial=known)


def _page(
    request: SignedInRequest,
    context: ReleaseContext,
    asked: forms.Form,
    form: ScheduleForm | None = None,
    *,
    day: date | None = None,
    outcome: Outcome | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "asked": asked,
        "form": form,
        "day": day,
        **(_consequences(context, day) if day else {}),
        "sentence": outcome.sentence if outcome else str(context.refusal_of(T.SCHEDULE) or ""),
    }
    status = outcome.status if outcome else status
    return render(request, "releases/date_page/date.html", page, status=status)


def _consequences(context: ReleaseContext, day: date) -> dict[str, Any]:
    """Return what a date does to the steps, and what else is true of it. Three queries."""
    steps = list(context.release.steps.all())
    lead_days = settings_of(context.desk.label).lead_days
    found = moves(steps, day, today=context.today)
    return {
        "rows": _rows(steps, found),
        "past": sum(move.is_past for move in found),
        "same_day": same_day_of(context.release, day),
        "deliver_by": day - timedelta(days=min(lead_days, (day - date.min).days)),
        "lead_days": lead_days,
        "is_short": (day - context.today).days < lead_days,
    }


def _rows(steps: list[ReleaseStep], found: list[Move]) -> list[MoveRow]:
    names = {step.number: step.name for step in steps}
    return [
        MoveRow(names[move.number], date_words(move.old), date_words(move.new), move.is_past)
        for move in found
    ]
