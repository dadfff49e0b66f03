"""Scoring a submission."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.review.views import PANE, refused, shown
from desk.scores import service as scores
from desk.scores.criteria import kept
from desk.scores.forms import ScoreForm
from desk.scores.page import form_of
from kit.htmx import see_other
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError


@require_POST
def score_give(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Give one's score for the revision that the page showed; where that is no longer the last one, 409."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return refused(request)
    form = form_of(context, _last(context), request.POST)
    if not form.is_valid():
        return shown(request, context, status=422, score_form=form)
    try:
        said: dict[str, Any] = form.cleaned_data
        marks = form.marks(kept(context.desk.label))
        scores.give(context.submission, request.user, marks, said["comment"], said["revision"])
    except NotAllowed:
        return refused(request)
    except (Stale, NotPossible) as refusal:
        return _overtaken(request, refreshed(context), form, refusal)
    return see_other(f"{context.url}#scores")


def _overtaken(
    request: SignedInRequest, context: DeskContext, form: ScoreForm, refusal: WorkflowError
) -> HttpResponse:
    """Answer the whole pane, since what there is to hear may be new, with the sentence and what was typed."""
    messages.error(request, str(refusal))
    renewed = form_of(context, _last(context), initial=form.cleaned_data)
    response = shown(request, context, status=409, partials={"scores": PANE}, score_form=renewed)
    response["HX-Retarget"], response["HX-Reswap"] = "#pane", "outerHTML"
    return response


def _last(context: DeskContext) -> int:
    return int(context.submission.revisions.order_by("-number").values_list("number", flat=True)[0])
