"""The page of a submission, alone or in the pane beside its list; plays and receipts."""

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, context_of
from desk.review.page import page_of, pane_ahead_of, pane_of, previous_row, split_of
from desk.review.plays import ListeningForm
from desk.review.prefetch import is_prefetch
from kit.htmx import answer, target_of
from kit.urls import split_url
from submissions.choices import Transition
from submissions.forms import attempt
from submissions.receipts.views import receipt_file, receipt_page

PAGE, SPLIT = "desk/review/submission.html", "desk/queue/queue.html"
PANE = "desk/review/_pane_swap.html"
PARTIALS = {
    "pane": PANE,
    "panel": "desk/review/_panel_swap.html",
    "conversation": "desk/conversation/_conversation_swap.html",
    "assign": "desk/assignment/_assign_swap.html",
    "memos": "desk/memos/_memos_swap.html",
    "scores": "desk/scores/_scores_swap.html",
    "tags": "desk/tags/_tags_swap.html",
}


@require_safe
def submission_detail(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show a submission, beside its list if the address names one."""
    return render_submission(request, context_at(request, slug, reference))


def render_submission(
    request: SignedInRequest,
    context: DeskContext,
    *,
    status: int = 200,
    partials: Mapping[str, str] = PARTIALS,
    **forms: Any,
) -> HttpResponse:
    """Answer the page, or the part that HTMX asks for; `forms` are passed to `page_of`."""
    is_part = target_of(request) in partials
    has_list = context.listing is not None and not is_part
    part_of = split_of if has_list else pane_ahead_of if is_prefetch(request) else pane_of
    values = {**page_of(context, **forms), **part_of(context)}
    values["is_prefetch"] = is_prefetch(request)
    if reference := _previous_reference(request, context):
        values["left"] = previous_row(context, reference)
    return answer(request, SPLIT if has_list else PAGE, values, partials=partials, status=status)


def _previous_reference(request: SignedInRequest, context: DeskContext) -> str:
    """Return the reference of the submission just decided on in this pane, "" for none."""
    if context.listing is None or target_of(request) != "pane" or is_prefetch(request):
        return ""
    if not get_messages(request):
        return ""
    try:
        before = resolve(split_url(request.htmx.current_url or "").path).kwargs.get("reference", "")
    except Resolver404:
        return ""
    return "" if before == context.submission.reference else before


def render_refusal(request: SignedInRequest) -> HttpResponse:
    """Answer 403 to a member whose role does not suffice, as a page or a part."""
    partials = dict.fromkeys(PARTIALS, "desk/review/_refusal.html")
    response = answer(request, "403.html", {}, partials=partials, status=403)
    if target_of(request) == "pane":  # the pane stays as it is
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        response["HX-Push-Url"] = "false"
    return response


@require_safe
def submission_receipt(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    context = context_of(request.user, slug, reference)
    return receipt_page(request, context.submission, "desk/review/receipt.html", label=context.desk.label)


@require_safe
def submission_receipt_json(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return receipt_file(context_of(request.user, slug, reference).submission)


@require_POST
def submission_listened(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record a sitting at a player: 204, also for a repeated key; 409 where none is recorded any more."""
    context = context_at(request, slug, reference)
    if not context.may_act(Transition.LISTENED):
        return render_refusal(request)
    try:
        outcome = attempt(ListeningForm(request.POST), context.submission, Transition.LISTENED, context.actor)
    except PermissionDenied:
        return render_refusal(request)
    return HttpResponse(status=204 if outcome.event else outcome.status)
