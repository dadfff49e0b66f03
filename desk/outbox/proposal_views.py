"""One prepared decision: released, put away, said otherwise, given no time any more, read once it came back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from desk.context import Case, again, case_at
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox import service as outbox_service
from desk.outbox.forms import change_form
from desk.outbox.page import row_of
from desk.review.views import refused, shown
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions import sentences
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError

Settle = Callable[[Proposal, User, str | None], str]


@require_POST
def proposal_release(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Perform what was prepared, as whoever presses."""
    return _settled(request, case_at(request, slug, reference), _release)


@require_POST
def proposal_discard(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Put away what was prepared."""
    return _settled(request, case_at(request, slug, reference), _discard)


@require_POST
def proposal_untime(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Take off the time at which it would be released."""
    return _settled(request, case_at(request, slug, reference), _take_time_off)


@require_POST
def proposal_dismiss(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Put away what came back."""
    return _settled(request, case_at(request, slug, reference), _dismiss)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_change(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show what is prepared as a form, or put it in other words; for its preparer and for managers."""
    case = case_at(request, slug, reference)
    proposal = case.proposal or Proposal.objects.of(case.submission).with_people().order_by("-id").first()
    if proposal is None:
        raise Http404
    if not row_of(proposal, case.submission, user=case.user, desk=case.desk).may_discard:
        return refused(request)
    if request.method != "POST":
        return _changing(request, case, proposal, change_form(proposal, case.submission))
    form = change_form(proposal, case.submission, request.POST)
    if not form.is_valid():
        return _changing(request, case, proposal, form, status=422)
    return _changed(request, case, proposal, form)


def _changing(
    request: SignedInRequest, case: Case, proposal: Proposal, form: ActionForm, *, status: int = 200
) -> HttpResponse:
    row = row_of(proposal, case.submission, user=case.user, desk=case.desk)
    imprint = request.POST.get("imprint", "") if status == 422 else proposal.imprint
    context = {
        "case": case,
        "label": case.desk.label,
        "submission": case.submission,
        "row": row,
        "form": form,
        "imprint": imprint,
    }
    return render(request, "desk/outbox/proposal_change.html", context, status=status)


def _changed(request: SignedInRequest, case: Case, proposal: Proposal, form: ActionForm) -> HttpResponse:
    details = form.details()
    note, imprint = details.pop("note", ""), request.POST.get("imprint", "")
    try:
        changes.change(proposal, user=case.user, imprint=imprint, note=note, details=details)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        messages.error(request, str(refusal))
        fresh = Proposal.objects.with_people().get(pk=proposal.pk)
        return _changing(request, again(case), fresh, form.renewed(case.submission.turn), status=409)
    messages.success(request, f"{case.submission.shown_title}: the prepared decision is changed.")
    return see_other("desk:outbox", slug=case.desk.label.slug)


def _release(proposal: Proposal, user: User, imprint: str | None) -> str:
    return f"You {sentences.what(outbox_service.release(proposal, user=user, imprint=imprint))}."


def _discard(proposal: Proposal, user: User, imprint: str | None) -> str:
    outbox_service.discard(proposal, user=user)
    return "The proposal is discarded."


def _take_time_off(proposal: Proposal, user: User, imprint: str | None) -> str:
    changes.take_time_off(proposal, user=user)
    return "It now waits until somebody releases it."


def _dismiss(proposal: Proposal, user: User, imprint: str | None) -> str:
    changes.dismiss(proposal, user=user)
    return "What came back is put away."


def _settled(request: SignedInRequest, case: Case, settle: Settle) -> HttpResponse:
    proposal = _named(request, case)
    try:
        sentence = settle(proposal, request.user, request.POST.get("imprint"))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (WorkflowError, ValidationError) as refusal:
        messages.error(request, _said(refusal))
        return shown(request, again(case), status=409)
    messages.success(request, f"{case.submission.shown_title}: {sentence}")
    is_from_list = request.POST.get("from") == "list"
    return see_other("desk:outbox", slug=case.desk.label.slug) if is_from_list else see_other(case.url)


def _named(request: SignedInRequest, case: Case) -> Proposal:
    """Return the proposal whose key the form carries, so that nobody settles another than they read."""
    try:
        key = UUIDField().clean(request.POST.get("key", ""))
    except ValidationError as error:
        raise Http404 from error
    return get_object_or_404(Proposal, submission=case.submission, key=key)


def _said(refusal: WorkflowError | ValidationError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
