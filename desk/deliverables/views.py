"""What a label asks of a producer: every member reads it, managers ask, approve, ask again and waive."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.deliverables.page import ITEM_ACTS, page_of
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.forms import attempt, form_for

DONE = {
    Transition.ASK_FOR: "The producer is told what you need.",
    Transition.APPROVE: "Approved.",
    Transition.ASK_AGAIN: "The producer is asked again.",
    Transition.WAIVE: "Waived.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_list(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show what is asked for, or ask for more, or say what becomes of one thing."""
    context = context_at(request, slug, reference)
    if request.method == "POST":
        return _act(request, context)
    return render(request, "desk/deliverables/deliverables.html", page_of(context))


def _act(request: SignedInRequest, context: DeskContext) -> HttpResponse:
    asked = request.POST.get("act", "")
    act = Transition(asked) if asked in DONE else Transition.ASK_FOR
    if not context.may_act(act):
        raise PermissionDenied("Only managers and owners ask a producer for something.")
    outcome = attempt(form_for(context.submission, act, request.POST), context.submission, act, context.actor)
    if outcome.event:
        messages.success(request, DONE[act])
        return see_other(context.url_of("deliverables"))
    about: dict[str, Any] = {"sentence": outcome.sentence}
    if act in ITEM_ACTS:
        about |= {"item_form": outcome.form, "item": request.POST.get("item", "")}
    else:
        about |= {"ask_form": outcome.form}
    values = page_of(refreshed(context), **about)
    return render(request, "desk/deliverables/deliverables.html", values, status=outcome.status)
