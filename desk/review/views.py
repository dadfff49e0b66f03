"""The page of a submission, alone or in the pane beside its list, and who looks after it."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.assignment import assignment_notice
from desk.context import DeskContext, context_at, context_of, refreshed
from desk.review.forms import AssignForm, ListeningForm
from desk.review.page import page_of
from desk.review.split import left_of, pane_of, split_of
from kit.htmx import answer, see_other, target_of
from labels.access import read_only_because
from submissions.choices import Transition
from submissions.errors import NotAllowed, NotPossible, WorkflowError
from submissions.forms import attempt
from submissions.receipts.views import receipt_file, receipt_page
from submissions.workflow import perform

PAGE, SPLIT = "desk/review/submission.html", "desk/queue/queue.html"
PANE = "desk/review/_pane_swap.html"
PARTIALS = {
    "pane": PANE,
    "panel": "desk/review/_panel_swap.html",
    "assign": "desk/assignment/_assign_swap.html",
    "memos": "desk/memos/_memos_swap.html",
    "scores": "desk/scores/_scores_swap.html",
    "tags": "desk/tags/_tags_swap.html",
}


@require_safe
def submission_detail(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show a submission, beside the list that the address names; looking changes nothing."""
    return shown(request, context_at(request, slug, reference))


@require_POST
def submission_assign(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Give a submission to a member of the team, or to nobody."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return refused(request)
    form = AssignForm(request.POST, submission=context.submission)
    if sentence := read_only_because(context.desk.label):
        messages.error(request, sentence)
        return shown(request, context, status=409)
    if not form.is_valid():
        return shown(request, context, status=422, assign_form=form)
    try:
        assignment_notice.hand(context.submission, form.cleaned_data["assignee"], actor=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return shown(request, refreshed(context), status=409)
    return see_other(context.url)


def shown(
    request: SignedInRequest,
    context: DeskContext,
    *,
    status: int = 200,
    partials: Mapping[str, str] = PARTIALS,
    **forms: Any,
) -> HttpResponse:
    """Answer the page, or its part that HTMX asks for; `forms` are those that `page_of` takes."""
    is_part = target_of(request) in partials
    has_list = context.listing is not None and not is_part
    values = {**page_of(context, **forms), **(split_of(context) if has_list else pane_of(context))}
    if reference := _left(request, context):
        values["left"] = left_of(context, reference)
    return answer(request, SPLIT if has_list else PAGE, values, partials=partials, status=status)


def _left(request: SignedInRequest, context: DeskContext) -> str:
    """Return the reference of what was just decided on in this pane, "" for none."""
    if context.listing is None or target_of(request) != "pane" or not get_messages(request):
        return ""
    try:
        before = resolve(urlsplit(request.htmx.current_url or "").path).kwargs.get("reference", "")
    except Resolver404:
        return ""
    return "" if before == context.submission.reference else before


def refused(request: SignedInRequest) -> HttpResponse:
    """Answer a colleague whose role does not reach, on a page or where HTMX looks."""
    partials = dict.fromkeys(PARTIALS, "desk/review/_refusal.html")
    response = answer(request, "403.html", {}, partials=partials, status=403)
    if target_of(request) == "pane":  # which stays as it is
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        response["HX-Push-Url"] = "false"
    return response


@require_POST
def submission_open(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Start a review and show the submission; who came too late sees it too, and is told who was faster."""
    context = context_at(request, slug, reference)
    if not context.may_act(Transition.START_REVIEW):
        return refused(request)
    turn = _turn(request, context)
    try:
        perform(
            context.submission,
            Transition.START_REVIEW,
            actor=context.actor,
            turn=turn,
            key=_key(context, turn),
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except WorkflowError as refusal:
        messages.warning(request, str(refusal))
    return see_other(context.url)


def _turn(request: SignedInRequest, context: DeskContext) -> int:
    """Return the turn that the list showed, the present one where the form does not say."""
    said = request.POST.get("turn", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else context.submission.turn


def _key(context: DeskContext, turn: int) -> uuid.UUID:
    """Return the same key for the same press, so that a list of fifty buttons needs none of its own."""
    return uuid.uuid5(context.user.secret, f"open/{context.submission.reference}/{turn}")


@require_safe
def submission_receipt(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    context = context_of(request.user, slug, reference)
    return receipt_page(request, context.submission, "desk/review/receipt.html", label=context.desk.label)


@require_safe
def submission_receipt_json(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return receipt_file(context_of(request.user, slug, reference).submission)


@require_POST
def submission_listened(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record a sitting: 204, the same for a repeated key; 409 where nothing is to be listened to any more.

    Nobody looks at the answer, so it holds no page.
    """
    context = context_at(request, slug, reference)
    if not context.may_act(Transition.LISTENED):
        return refused(request)
    try:
        outcome = attempt(ListeningForm(request.POST), context.submission, Transition.LISTENED, context.actor)
    except PermissionDenied:
        return refused(request)
    return HttpResponse(status=204 if outcome.event else outcome.status)
