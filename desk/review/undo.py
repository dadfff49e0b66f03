"""Undoing a decision that is being sent: the words that offer it, and the address that does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.models import Proposal
from desk.outbox.forms import values_of
from desk.outbox.service import discard
from desk.review.actions import Panel, action_of, form_of, panel_of
from desk.review.views import render_submission
from kit.clock import now
from kit.htmx import see_other
from submissions.errors import NotAllowed, Stale
from submissions.transition_table import AT_DESK


def undo_words(context: DeskContext, held: Proposal) -> str:
    """Return what is sent and when, with a button that undoes it."""
    seconds = max(0, round((held.send_at - now()).total_seconds())) if held.send_at else 0
    values = {
        "held": held,
        "seconds": seconds,
        "outcome": AT_DESK[held.transition].button,
        "undo_url": context.url_of("undo"),
    }
    return render_to_string("desk/review/_undo.html", values)


@require_POST
def decision_undo(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Undo a decision of the member's own that is being sent, and open its form again as it was filled in."""
    context = context_at(request, slug, reference)
    held = _held(request, context)
    try:
        discard(held, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Stale as refusal:
        messages.error(request, f"Too late to undo. {refusal}")
        return render_submission(request, refreshed(context), status=409)
    messages.success(request, "Undone. Nothing was sent.")
    if not request.htmx:
        return see_other(context.url)
    fresh = refreshed(context)
    answer = render_submission(request, fresh, panel=_panel(fresh, held))
    answer["HX-Push-Url"] = fresh.url
    return answer


def _held(request: SignedInRequest, context: DeskContext) -> Proposal:
    try:
        key = UUIDField().clean(request.POST.get("key", ""))
    except ValidationError as error:
        raise Http404 from error
    return get_object_or_404(Proposal, submission=context.submission, key=key, is_held=True)


def _panel(context: DeskContext, held: Proposal) -> Panel:
    form = form_of(context, held.transition)
    form.initial.update(values_of(held))
    return panel_of(context, action_of(context, held.transition), form)
