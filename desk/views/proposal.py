"""Proposals: a label's plain list, and what its managers do with each."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from desk import proposals
from desk.case import Case, again, case_at
from desk.models import Proposal
from desk.proposal_rows import row_of
from desk.views.submission import shown
from kit import pages
from kit.htmx import see_other
from labels.access import desk_of
from submissions import sentences
from submissions.errors import NotAllowed, WorkflowError

OLDEST_FIRST = ("prepared_at", "id")


@require_safe
def proposal_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what waits for a manager, oldest first; everyone at the desk may read it."""
    desk = desk_of(request.user, slug)
    waiting = Proposal.objects.open().for_desk(request.user, desk.label).with_people().with_submission()
    page = pages.page(waiting, request.GET, order=OLDEST_FIRST)
    rows = [row_of(each, each.submission, user=request.user, desk=desk) for each in page]
    context = {"desk": desk, "label": desk.label, "page": page, "rows": rows}
    return render(request, "desk/proposals.html", context)


@require_POST
def proposal_release(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Perform what was prepared, as whoever presses."""
    return _settled(request, case_at(request, slug, reference), _release)


@require_POST
def proposal_discard(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Put away what was prepared."""
    return _settled(request, case_at(request, slug, reference), _discard)


def _release(proposal: Proposal, user: User) -> str:
    return f"You {sentences.what(proposals.release(proposal, user=user))}."


def _discard(proposal: Proposal, user: User) -> str:
    proposals.discard(proposal, user=user)
    return "The proposal is discarded."


def _settled(request: SignedInRequest, case: Case, settle: Callable[[Proposal, User], str]) -> HttpResponse:
    proposal = _named(request, case)
    try:
        sentence = settle(proposal, request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (WorkflowError, ValidationError) as refusal:
        messages.error(request, _said(refusal))
        return shown(request, again(case), status=409)
    messages.success(request, f"{case.submission.shown_title}: {sentence}")
    is_from_list = request.POST.get("from") == "list"
    return see_other("desk:proposals", slug=case.desk.label.slug) if is_from_list else see_other(case.url)


def _named(request: SignedInRequest, case: Case) -> Proposal:
    """Return the proposal whose key the form carries, so that nobody releases another than they read."""
    try:
        key = UUIDField().clean(request.POST.get("key", ""))
    except ValidationError as error:
        raise Http404 from error
    return get_object_or_404(Proposal, submission=case.submission, key=key)


def _said(refusal: WorkflowError | ValidationError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
