"""What is done with one prepared decision."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox import service as outbox_service
from desk.outbox.forms import change_form
from desk.outbox.page import row_of
from desk.review.views import render_refusal, render_submission
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions import timeline
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError

Settle = Callable[[Proposal, User, str | None], str]


@require_POST
def proposal_send(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Send a prepared decision, as the member who presses."""
    return _settle(request, context_at(request, slug, reference), _send)


@require_POST
def proposal_discard(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Discard a prepared decision."""
    return _settle(request, context_at(request, slug, reference), _discard)


@require_POST
def proposal_untime(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Clear the time at which it would be sent."""
    return _settle(request, context_at(request, slug, reference), _clear_time)


@require_POST
def proposal_dismiss(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Dismiss a decision that was sent back."""
    return _settle(request, context_at(request, slug, reference), _dismiss)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_change(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show or change a prepared decision; for its preparer and for managers."""
    context = context_at(request, slug, reference)
    proposal = (
        context.proposal or Proposal.objects.of(context.submission).with_people().order_by("-id").first()
    )
    if proposal is None:
        raise Http404
    if not row_of(proposal, context.submission, user=context.user, desk=context.desk).may_discard:
        return render_refusal(request)
    if request.method != "POST":
        return _render_form(request, context, proposal, change_form(proposal, context.submission))
    form = change_form(proposal, context.submission, request.POST)
    if not form.is_valid():
        return _render_form(request, context, proposal, form, status=422)
    return _change(request, context, proposal, form)


def _render_form(
    request: SignedInRequest, context: DeskContext, proposal: Proposal, form: ActionForm, *, status: int = 200
) -> HttpResponse:
    row = row_of(proposal, context.submission, user=context.user, desk=context.desk)
    fingerprint = request.POST.get("fingerprint", "") if status == 422 else proposal.fingerprint
    values = {
        "desk_context": context,
        "label": context.desk.label,
        "submission": context.submission,
        "row": row,
        "form": form,
        "fingerprint": fingerprint,
    }
    return render(request, "desk/outbox/proposal_change.html", values, status=status)


def _change(
    request: SignedInRequest, context: DeskContext, proposal: Proposal, form: ActionForm
) -> HttpResponse:
    details = form.details()
    note, fingerprint = details.pop("note", ""), request.POST.get("fingerprint", "")
    try:
        changes.change(proposal, user=context.user, fingerprint=fingerprint, note=note, details=details)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        messages.error(request, str(refusal))
        fresh = Proposal.objects.with_people().get(pk=proposal.pk)
        return _render_form(
            request, refreshed(context), fresh, form.renewed(context.submission.turn), status=409
        )
    messages.success(request, f"{context.submission.shown_title}: the prepared decision is changed.")
    return see_other("desk:outbox", slug=context.desk.label.slug)


def _send(proposal: Proposal, user: User, fingerprint: str | None) -> str:
    return f"You {timeline.what(outbox_service.send(proposal, user=user, fingerprint=fingerprint))}."


def _discard(proposal: Proposal, user: User, fingerprint: str | None) -> str:
    outbox_service.discard(proposal, user=user)
    return "The proposal is discarded."


def _clear_time(proposal: Proposal, user: User, fingerprint: str | None) -> str:
    changes.clear_time(proposal, user=user)
    return "It now waits until somebody sends it."


def _dismiss(proposal: Proposal, user: User, fingerprint: str | None) -> str:
    changes.dismiss(proposal, user=user)
    return "Marked as read."


def _settle(request: SignedInRequest, context: DeskContext, settle: Settle) -> HttpResponse:
    proposal = _proposal_of(request, context)
    try:
        sentence = settle(proposal, request.user, request.POST.get("fingerprint"))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (WorkflowError, ValidationError) as refusal:
        messages.error(request, _refusal_words(refusal))
        return render_submission(request, refreshed(context), status=409)
    messages.success(request, f"{context.submission.shown_title}: {sentence}")
    is_from_list = request.POST.get("from") == "list"
    return see_other("desk:outbox", slug=context.desk.label.slug) if is_from_list else see_other(context.url)


def _proposal_of(request: SignedInRequest, context: DeskContext) -> Proposal:
    """Return the proposal with the form's key, so that nobody settles another than they read."""
    try:
        key = UUIDField().clean(request.POST.get("key", ""))
    except ValidationError as error:
        raise Http404 from error
    return get_object_or_404(Proposal, submission=context.submission, key=key)


def _refusal_words(refusal: WorkflowError | ValidationError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
