"""Presence: an open pane says every few seconds that it is open, and is told who else is there."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from desk.context import context_of
from desk.live import presence
from kit import codes


@require_POST
def submission_here(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Note that this member has the submission open, and no longer the one that they `left`; say who else does.

    Viewers count too. Raises BadRequest where `left` is no reference.
    """
    context = context_of(request.user, slug, reference)
    left = _left(request.POST.get("left", ""))
    if left and left != context.submission.reference:
        presence.say_gone(context.user, left)
    presence.say_here(context.user, context.submission)
    others = presence.others_at(context.submission, context.user)
    values = {"label": context.desk.label, "submission": context.submission, "others": others}
    return render(request, "desk/live/_presence.html", values)


def _left(text: str) -> str:
    try:
        return text and codes.normalise("TF", text)
    except ValueError as error:
        raise BadRequest("What you left is no submission.") from error
