"""Blocking a producer from one of their submissions, and the list of whom a label blocked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.context import Case, case_at
from desk.review.page import panel_page_of
from desk.review.views import refused
from kit.htmx import see_other
from labels.access import Desk, desk_of
from labels.permissions import can_manage, read_only_because
from workspace.blocks import service as blocks
from workspace.blocks.forms import BlockForm
from workspace.blocks.page import blocks_for, blocks_page_of

FORM, LIST = "workspace/blocks/block.html", "workspace/blocks/blocks.html"


@require_http_methods(["GET", "HEAD", "POST"])
def producer_block(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Ask why no more demos are taken from who sent this, or take none from now on."""
    case = case_at(request, slug, reference)
    if not case.is_manager:
        return refused(request)
    if request.method != "POST":
        return _form(request, case, BlockForm())
    form = BlockForm(request.POST)
    if sentence := read_only_because(case.desk.label):
        return _form(request, case, form, sentence=sentence, status=409)
    if not form.is_valid():
        return _form(request, case, form, status=422)
    try:
        blocks.block(case.submission, actor=request.user, why=form.cleaned_data["why"])
    except ValidationError as refusal:
        return _form(request, case, form, sentence=" ".join(refusal.messages), status=409)
    messages.success(request, f"{_artist(case)} is blocked: new demos are refused without a word of it.")
    return see_other(case.url)


@require_safe
def block_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List whom the label blocked, by whom, when and why."""
    desk = _managed(request, slug)
    return render(request, LIST, blocks_page_of(request.user, desk, request.GET))


@require_POST
def block_lift(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take demos from a blocked producer again."""
    desk = _managed(request, slug)
    block = get_object_or_404(blocks_for(request.user, desk.label), pk=pk)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return render(request, LIST, blocks_page_of(request.user, desk, request.GET), status=409)
    blocks.lift(block, actor=request.user)
    messages.success(request, "The block is lifted: this producer may send you demos again.")
    return see_other("desk:blocks", slug=slug)


def _managed(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    return desk


def _form(
    request: SignedInRequest, case: Case, form: BlockForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {**panel_page_of(case, None), "form": form, "sentence": sentence, "artist": _artist(case)}
    return render(request, FORM, context, status=status)


def _artist(case: Case) -> str:
    return case.submission.artist or "This producer"
