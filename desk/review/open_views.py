"""Opening a submission from the queue."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at
from desk.review.views import refused
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.errors import NotAllowed, WorkflowError
from submissions.workflow import perform


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
