"""The producer's side of a conversation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest, impersonator_of
from kit.htmx import see_other, target_of
from submissions.conversation import service
from submissions.conversation.forms import MessageForm, MuteForm, UpToForm
from submissions.conversation.live import live_answer
from submissions.conversation.rows import talk_of
from submissions.errors import NotAllowed, NotPossible
from submissions.forms import producer_of
from submissions.models import Submission
from submissions.producer_pages.access import get_own
from submissions.producer_pages.views import submission_page, talk_context

SENT = "Sent. {label} reads it beside your demo."


@require_http_methods(["GET", "HEAD", "POST"])
def message_list(request: SignedInRequest, reference: str) -> HttpResponse:
    """Answer what was written, to an open page that asks, or write a message."""
    submission = _sent(request, reference)
    if request.method == "POST":
        return _write(request, submission)
    if target_of(request) != "talk":
        return see_other(f"{submission.get_absolute_url()}#conversation")
    last = submission.revisions.order_by("number").last()
    values = talk_context(submission, talk_of(submission, request.user), last)
    return live_answer(request, values["conversation"], {**values, "submission": submission})


def _write(request: SignedInRequest, submission: Submission) -> HttpResponse:
    form = MessageForm(request.POST, to=str(submission.label))
    if not form.is_valid():
        return submission_page(request, submission, status=422, message_form=form)
    try:
        service.write(submission, actor=producer_of(request), **form.cleaned_data)
    except (NotAllowed, NotPossible) as refusal:
        said: dict[str, Any] = {"message_form": form, "talk_sentence": str(refusal)}
        return submission_page(request, submission, status=409, **said)
    if not target_of(request):
        messages.success(request, SENT.format(label=submission.label))
    return see_other(f"{submission.get_absolute_url()}#conversation")


@require_POST
def message_mark_read(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record how far the producer has read; nothing is recorded for somebody else."""
    submission, form = _sent(request, reference), UpToForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Say up to which message you have read.")
    if not impersonator_of(request):
        service.mark_read(submission, request.user, **form.cleaned_data)
    return HttpResponse() if target_of(request) else see_other(submission)


@require_POST
def message_mute(request: SignedInRequest, reference: str) -> HttpResponse:
    """Stop or start telling the producer of new messages."""
    submission, form = _sent(request, reference), MuteForm(request.POST)
    if impersonator_of(request):
        raise Http404
    service.mute(submission, request.user, is_muted=form.is_valid() and form.cleaned_data["is_muted"])
    return see_other(f"{submission.get_absolute_url()}#conversation")


def _sent(request: SignedInRequest, reference: str) -> Submission:
    submission = get_own(request.user, reference)
    if submission.is_draft:
        raise Http404
    return submission
