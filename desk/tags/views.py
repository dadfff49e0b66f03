"""Tags: on a submission, and the page where managers look after them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from desk.context import DeskContext, context_at, refreshed
from desk.models import Tag
from desk.review.views import refused, shown
from desk.tags import service as tags
from desk.tags.forms import PressForm, TagForm
from desk.tags.page import change_form, new_form, tags_page_of
from kit.htmx import answer, see_other
from labels.access import Desk, desk_of, require_writable
from labels.choices import Role
from submissions.errors import NotPossible

PAGE = "desk/tags/tags.html"


@require_POST
def submission_tag(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Put the tag that was pressed on a submission, take it off, or put on the one whose name was typed."""
    context = context_at(request, slug, reference)
    if not context.is_reviewer:
        return refused(request)
    form = new_form([], request.POST)
    try:
        require_writable(context.desk.label)
        if _pressed(request, context) or _named(request.user, context, form):
            return see_other(context.url)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return shown(
            request, refreshed(context), status=409, tag_form=form if "name" in request.POST else None
        )
    return shown(request, context, status=422, tag_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def tag_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's tags for its managers, or make one."""
    desk = _managed(request, slug)
    if request.method != "POST":
        return answer(request, PAGE, tags_page_of(request.user, desk))
    form = new_form([], request.POST)

    def make() -> None:
        tags.create(desk.label, **form.cleaned_data, actor=request.user)

    return _changed(request, desk, form, make, form=form)


@require_POST
def tag_change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Call a tag otherwise, or give it another colour."""
    desk = _managed(request, slug)
    tag = get_object_or_404(Tag.objects.select_related("label"), label=desk.label, pk=pk)
    form = change_form(tag, request.POST)

    def change() -> None:
        tags.rename(tag, name=form.cleaned_data["name"], actor=request.user)
        tags.recolour(tag, hue=form.cleaned_data["hue"], actor=request.user)

    return _changed(request, desk, form, change, changing=(tag, form))


@require_POST
def tag_retire(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a tag no more; it stays where it hangs."""
    return _moved(request, slug, pk, tags.retire)


@require_POST
def tag_restore(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a retired tag again."""
    return _moved(request, slug, pk, tags.restore)


def _pressed(request: SignedInRequest, context: DeskContext) -> bool:
    """Do as a pressed button says; return whether there was one."""
    press = PressForm(request.POST, label=context.desk.label)
    if not press.is_valid():
        raise NotPossible("There is no such tag here. Load the page anew.")
    for act, name in ((tags.put, "put"), (tags.take, "take")):
        if tag := press.cleaned_data[name]:
            act(context.submission, tag, actor=request.user)
            return True
    return False


def _named(user: User, context: DeskContext, form: TagForm) -> bool:
    """Put the named tag on; return whether what was typed is fine."""
    if not form.is_valid():
        return False
    try:
        tags.put_named(context.submission, **form.cleaned_data, actor=user)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _managed(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not desk.at_least(Role.MANAGER):
        raise PermissionDenied
    return desk


def _changed(
    request: SignedInRequest, desk: Desk, typed: TagForm, change: Callable[[], None], **forms: Any
) -> HttpResponse:
    """Change what a form says and show the page anew; else say beside the form what is wrong."""
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


def _moved(request: SignedInRequest, slug: str, pk: int, move: Callable[..., Tag]) -> HttpResponse:
    desk = _managed(request, slug)
    tag = get_object_or_404(Tag.objects.select_related("label"), label=desk.label, pk=pk)
    try:
        require_writable(desk.label)
        move(tag, actor=request.user)
    except (NotPossible, ValidationError) as refusal:
        said = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        messages.error(request, said)
        return answer(request, PAGE, tags_page_of(request.user, desk), status=409)
    return see_other("desk:tags", desk.label.slug)
