"""Block a producer from one of their submissions; list and lift a label's blocks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.access import read_only_because
from submissions.models import Submission
from workspace.access import manager_desk
from workspace.blocks import service as blocks
from workspace.blocks.forms import BlockForm
from workspace.blocks.page import blocks_for, blocks_page_of

FORM, LIST = "workspace/blocks/block.html", "workspace/blocks/blocks.html"


@require_http_methods(["GET", "HEAD", "POST"])
def producer_block(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Ask for the reason, then block the producer of this submission."""
    rows = Submission.objects.for_desk(request.user, slug).with_people()
    submission = get_object_or_404(rows, reference=reference)
    desk = manager_desk(request, slug)
    if request.method != "POST":
        return _form(request, submission, BlockForm())
    form = BlockForm(request.POST)
    if sentence := read_only_because(desk.label):
        return _form(request, submission, form, sentence=sentence, status=409)
    if not form.is_valid():
        return _form(request, submission, form, status=422)
    try:
        blocks.block(submission, actor=request.user, why=form.cleaned_data["why"])
    except ValidationError as refusal:
        return _form(request, submission, form, sentence=" ".join(refusal.messages), status=409)
    done = f"{_artist(submission)} is blocked. They are not told."
    messages.success(request, done)
    return see_other(_back(request, submission))


@require_safe
def block_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List blocked producers: by whom, when and why."""
    desk = manager_desk(request, slug)
    return render(request, LIST, blocks_page_of(request.user, desk, request.GET))


@require_POST
def block_lift(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Lift a block."""
    desk = manager_desk(request, slug)
    block = get_object_or_404(blocks_for(request.user, desk.label), pk=pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return render(request, LIST, blocks_page_of(request.user, desk, request.GET), status=409)
    blocks.lift(block, actor=request.user)
    messages.success(request, "Unblocked: this producer can send you demos again.")
    return see_other("workspace:blocks", slug=slug)


def _form(
    request: SignedInRequest,
    submission: Submission,
    form: BlockForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "label": submission.label,
        "submission": submission,
        "form": form,
        "sentence": sentence,
        "artist": _artist(submission),
        "back_url": _back(request, submission),
    }
    return render(request, FORM, context, status=status)


def _back(request: SignedInRequest, submission: Submission) -> str:
    """Return the submission's URL at the desk, keeping the query of the list."""
    page = reverse("desk:submission", args=[submission.label.slug, submission.reference])
    return f"{page}?{request.GET.urlencode()}" if request.GET else page


def _artist(submission: Submission) -> str:
    return submission.artist or "This producer"
