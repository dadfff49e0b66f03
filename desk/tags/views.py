"""Tags on a submission, and the page where managers edit them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, manager_desk_of, refreshed
from desk.models import Tag
from desk.review.views import render_refusal, render_submission
from desk.tags import service as tags
from desk.tags.page import TagForm, ToggleForm, change_form, new_form, tags_page_of
from kit.htmx import answer, see_other
from labels.access import Desk, one_at_a_time, read_only_because, require_writable
from submissions.errors import NotPossible

PAGE = "desk/tags/tags.html"


@require_POST
def submission_tag(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Add or remove the tag that was pressed, or add the one whose name was typed."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return render_refusal(request)
    form = new_form([], request.POST)
    try:
        require_writable(context.desk.label)
        if _toggle(request, context) or _add_named(request.user, context, form):
            return see_other(context.url)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return render_submission(
            request, refreshed(context), status=409, tag_form=form if "name" in request.POST else None
        )
    return render_submission(request, context, status=422, tag_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def tag_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's tags for its managers, or create one."""
    desk = manager_desk_of(request.user, slug)
    if request.method != "POST":
        return answer(request, PAGE, tags_page_of(request.user, desk))
    form = new_form([], request.POST)

    def make() -> None:
        tags.create(desk.label, **form.cleaned_data, actor=request.user)

    return _save(request, desk, form, make, form=form)


@require_POST
@one_at_a_time
def tag_change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a tag or change its colour."""
    desk = manager_desk_of(request.user, slug)
    tag = get_object_or_404(Tag.objects.select_related("label"), label=desk.label, pk=pk)
    form = change_form(tag, request.POST)
    if not read_only_because(desk.label) and form.is_outdated():
        return answer(request, PAGE, tags_page_of(request.user, desk, changing=(tag, form)), status=409)

    def change() -> None:
        tags.rename(tag, name=form.cleaned_data["name"], actor=request.user)
        tags.recolour(tag, hue=form.cleaned_data["hue"], actor=request.user)

    return _save(request, desk, form, change, changing=(tag, form))


@require_POST
def tag_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Retire a tag; it stays on submissions that have it."""
    return _retire_or_restore(request, slug, pk, tags.retire)


@require_POST
def tag_restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Restore a retired tag."""
    return _retire_or_restore(request, slug, pk, tags.restore)


def _toggle(request: SignedInRequest, context: DeskContext) -> bool:
    """Add or remove the pressed tag; return whether one was pressed."""
    press = ToggleForm(request.POST, label=context.desk.label)
    if not press.is_valid():
        raise NotPossible("There is no such tag here. Load the page anew.")
    for act, name in ((tags.add, "add"), (tags.remove, "remove")):
        if tag := press.cleaned_data[name]:
            act(context.submission, tag, actor=request.user)
            return True
    return False


def _add_named(user: User, context: DeskContext, form: TagForm) -> bool:
    """Add the named tag; return whether the form is valid."""
    if not form.is_valid():
        return False
    try:
        tags.add_named(context.submission, **form.cleaned_data, actor=user)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _save(
    request: SignedInRequest, desk: Desk, typed: TagForm, change: Callable[[], None], **forms: Any
) -> HttpResponse:
    """Apply a valid form and redirect; else show the page with the errors."""
    try:
        require_writable(desk.label)
        if typed.is_valid():
            change()
            return see_other("desk:tags", desk.label.slug)
    except ValidationError as error:
        typed.add_error(None, error)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return answer(request, PAGE, tags_page_of(request.user, desk, **forms), status=409)
    return answer(request, PAGE, tags_page_of(request.user, desk, **forms), status=422)


def _retire_or_restore(
    request: SignedInRequest, slug: str, pk: int, move: Callable[..., Tag]
) -> HttpResponse:
    desk = manager_desk_of(request.user, slug)
    tag = get_object_or_404(Tag.objects.select_related("label"), label=desk.label, pk=pk)
    try:
        require_writable(desk.label)
        move(tag, actor=request.user)
    except (NotPossible, ValidationError) as refusal:
        sentence = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, sentence)
        return answer(request, PAGE, tags_page_of(request.user, desk), status=409)
    return see_other("desk:tags", desk.label.slug)
