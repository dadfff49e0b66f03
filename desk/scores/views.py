"""Scoring a submission."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.review.views import PANE, render_refusal, render_submission
from desk.scores import service as scores
from desk.scores.page import ScoreForm, form_of
from desk.scores.service import saved_criteria_of
from kit.htmx import see_other
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError


@require_POST
def score_give(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Save a score for the revision that the page showed, or remove it; 409 if a newer one came."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return render_refusal(request)
    form = form_of(context, _last(context), request.POST)
    is_removal = "remove" in request.POST
    if not form.is_valid() and not (is_removal and "revision" in form.cleaned_data):
        return render_submission(request, context, status=422, score_form=form)
    try:
        (_remove if is_removal else _save)(context, form)
    except NotAllowed:
        return render_refusal(request)
    except (Stale, NotPossible) as refusal:
        return _conflict(request, refreshed(context), form, refusal)
    return see_other(f"{context.url}#scores")


@transaction.atomic  # a refused score leaves no criteria behind
def _save(context: DeskContext, form: ScoreForm) -> None:
    values: dict[str, Any] = form.cleaned_data
    marks = form.marks(saved_criteria_of(context.desk.label))
    scores.give(context.submission, context.user, marks, values["comment"], values["revision"])


def _remove(context: DeskContext, form: ScoreForm) -> None:
    scores.remove(context.submission, context.user, form.cleaned_data["revision"])


def _conflict(
    request: SignedInRequest, context: DeskContext, form: ScoreForm, refusal: WorkflowError
) -> HttpResponse:
    """Answer the whole pane, as the demo may be new, with the reason and the values entered."""
    messages.error(request, str(refusal))
    renewed = form_of(context, _last(context), initial=form.cleaned_data)
    response = render_submission(request, context, status=409, partials={"scores": PANE}, score_form=renewed)
    response["HX-Retarget"], response["HX-Reswap"] = "#pane", "outerHTML"
    return response


def _last(context: DeskContext) -> int:
    return int(context.submission.revisions.order_by("-number").values_list("number", flat=True)[0])
