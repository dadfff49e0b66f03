"""The label's side of a conversation."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at
from desk.conversation import service
from desk.conversation.page import KEY, READER, TypedMessage, filled, talk_page_of, templates_of
from desk.review.views import render_refusal, render_submission
from kit.htmx import see_other, target_of
from submissions.conversation import service as conversation
from submissions.conversation.forms import KeyForm, MessageForm, MuteForm, UpToForm
from submissions.conversation.live import live_answer
from submissions.conversation.rows import talk_of
from submissions.copy_view import copy_view
from submissions.errors import NotAllowed, NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
def message_list(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Answer what was written, to an open pane that asks, or write to the producer."""
    context = context_at(request, slug, reference)
    if request.method == "POST":
        return _write(request, context)
    if target_of(request) != "talk":
        return see_other(f"{context.url}#conversation")
    submission = context.submission
    revision = submission.revisions.order_by("number").last()
    demo = copy_view(revision, links=submission.shows_links_to_desk) if revision else None
    values = talk_page_of(context, talk_of(submission, context.user), revision, demo)
    values |= {"desk_context": context, "submission": submission, "label": context.desk.label}
    return live_answer(request, values["conversation"], values)


def _write(request: SignedInRequest, context: DeskContext) -> HttpResponse:
    if not context.is_reviewer:
        return render_refusal(request)
    if "template" in request.GET:
        return _fill(request, context)
    form = MessageForm(request.POST, to=READER, keys=KEY)
    if not form.is_valid():
        return render_submission(request, context, status=422, typed=TypedMessage(form))
    try:
        service.write(context.submission, actor=context.actor, **form.cleaned_data)
    except NotAllowed:
        return render_refusal(request)
    except NotPossible as refusal:
        return render_submission(request, context, status=409, typed=TypedMessage(form, str(refusal)))
    return see_other(f"{context.url}#conversation")


def _fill(request: SignedInRequest, context: DeskContext) -> HttpResponse:
    """Answer the form with a reply template below what was typed; nothing is sent."""
    templates = templates_of(context)
    chosen = next((each for each in templates if str(each.pk) == request.GET["template"]), None)
    if chosen is None:
        raise Http404
    text = filled(context, chosen, request.POST.get("text", ""), templates)
    form = MessageForm(initial={"text": text}, to=READER, keys=KEY)
    return render_submission(request, context, typed=TypedMessage(form))


@require_POST
def message_mark_read(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Record how far the member has read; nothing is recorded for somebody else."""
    context, form = context_at(request, slug, reference), UpToForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Say up to which message you have read.")
    if context.acted_by is None:
        conversation.mark_read(context.submission, context.user, **form.cleaned_data)
    return HttpResponse() if target_of(request) else see_other(context.url)


@require_POST
def message_mute(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Stop or start telling the member of new messages."""
    context, form = context_at(request, slug, reference), MuteForm(request.POST)
    if context.acted_by:
        raise Http404
    is_muted = form.is_valid() and form.cleaned_data["is_muted"]
    conversation.mute(context.submission, context.user, is_muted=is_muted)
    return see_other(f"{context.url}#conversation")


@require_POST
def question_settle(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Mark the producer's question as answered without words; the producer sees nothing of it."""
    context, form = context_at(request, slug, reference), KeyForm(request.POST)
    if not context.is_reviewer:
        return render_refusal(request)
    if not form.is_valid():
        raise BadRequest("This page has expired. Reload it.")
    try:
        service.settle(context.submission, actor=context.actor, **form.cleaned_data)
    except NotAllowed:
        return render_refusal(request)
    except NotPossible as refusal:
        empty = MessageForm(to=READER, keys=KEY)
        return render_submission(request, context, status=409, typed=TypedMessage(empty, str(refusal)))
    return see_other(f"{context.url}#conversation")
