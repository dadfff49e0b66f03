"""Saved views of the queue: their page and their actions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from desk.models import SavedView
from desk.saved_views import service as saved_views
from desk.saved_views.access import ViewAccess, view_access_of, view_of
from desk.saved_views.forms import SaveViewForm
from desk.saved_views.page import (
    bar_context_of,
    page_context_of,
    rename_form_of,
    save_context_of,
    save_form_of,
)
from desk.saved_views.service import clear_default, make_default
from desk.search.parser import parse
from kit.htmx import answer, see_other, target_of
from labels.access import one_at_a_time
from submissions.errors import NotAllowed, NotPossible, WorkflowError

PAGE = "desk/saved_views/views.html"
FORM = {"save-view": "desk/saved_views/_save_form.html"}
PARTS = {"views": "desk/saved_views/_views_swap.html", "view-links": "desk/saved_views/_view_links.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a member's views with counts, or save one; HTMX on the queue page gets only its part."""
    access = view_access_of(request.user, slug)
    if request.method == "POST":
        return _save(request, access)
    text = request.GET.get("q")
    if target_of(request) in FORM:
        return answer(request, PAGE, save_context_of(access, text or ""), partials=FORM)
    if target_of(request) in PARTS:
        return answer(request, PAGE, bar_context_of(access, text, is_counted=True), partials=PARTS)
    return _page(request, page_context_of(access, form=save_form_of(access, text or "")))


@require_POST
@one_at_a_time
def saved_view_rename(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a view."""
    access = view_access_of(request.user, slug)
    view = view_of(access, pk)
    if not access.may_change(view):
        raise PermissionDenied
    form = rename_form_of(view, request.POST)
    if form.is_outdated():
        return _page(request, page_context_of(access, renaming=(view, form)), 409)
    try:
        if form.is_valid():
            renamed = saved_views.rename(access, view, name=form.cleaned_data["name"])
            return _done(request, access, f"“{view}” is now called “{renamed}”.", view)
    except ValidationError as error:
        form.add_error(None, error)
    except WorkflowError as refusal:
        return _refused(request, access, refusal)
    return _page(request, page_context_of(access, renaming=(view, form)), 422)


@require_POST
def saved_view_share(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Share a view with the team."""
    return _act(request, slug, pk, saved_views.share, "The team sees “{}” now.")


@require_POST
def saved_view_unshare(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Make a shared view private."""
    return _act(request, slug, pk, saved_views.unshare, "Only you see “{}” now.")


@require_POST
def saved_view_delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a view."""
    return _act(request, slug, pk, saved_views.delete, "“{}” is deleted.")


@require_POST
def saved_view_default(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Make a view the default."""
    return _act(request, slug, pk, make_default, "“{}” is now your start view.")


@require_POST
def saved_view_no_default(request: SignedInRequest, slug: str) -> HttpResponse:
    """Remove the default view."""
    access = view_access_of(request.user, slug)
    clear_default(access)
    return _done(request, access, "Start view reset: your desk opens with what waits for the label.")


def _save(request: SignedInRequest, access: ViewAccess) -> HttpResponse:
    if "is_team" in request.POST and not access.may_share:
        raise PermissionDenied
    form = save_form_of(access, data=request.POST)
    try:
        if form.is_valid():
            view = saved_views.save_view(access, **form.values)
            messages.success(request, f"“{view}” is saved{' for the team' if view.is_team else ''}.")
            return see_other(_url_after_saving(request, access, view))
    except ValidationError as error:
        form.add_error(None, error)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _invalid(request, access, form, 409)
    return _invalid(request, access, form, 422)


def _invalid(request: SignedInRequest, access: ViewAccess, form: SaveViewForm, status: int) -> HttpResponse:
    """Answer the form with its errors, as the queue's part or as the page."""
    if target_of(request) in PARTS:
        context = bar_context_of(access, request.POST.get("q", ""), form=form)
        return answer(request, PAGE, context, partials=PARTS, status=status)
    return _page(request, page_context_of(access, form=form), status)


def _url_after_saving(request: SignedInRequest, access: ViewAccess, view: SavedView) -> str:
    if request.POST.get("from") == "list":
        return _page_url(access, view)
    name = "desk:views" if target_of(request) in PARTS else "desk:queue"
    return f"{reverse(name, args=[access.desk.label.slug])}{parse(view.query).url}"


def _act(
    request: SignedInRequest,
    slug: str,
    pk: int,
    act: Callable[[ViewAccess, SavedView], object],
    sentence: str,
) -> HttpResponse:
    """Run one action on a view; a refusal is shown above the current list."""
    access = view_access_of(request.user, slug)
    view = view_of(access, pk)
    try:
        act(access, view)
    except (ValidationError, WorkflowError) as refusal:
        return _refused(request, access, refusal)
    return _done(request, access, sentence.format(view), view if act is not saved_views.delete else None)


def _refused(
    request: SignedInRequest, access: ViewAccess, refusal: ValidationError | WorkflowError
) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise PermissionDenied(str(refusal)) from refusal
    messages.error(request, _sentence(refusal))
    return _page(request, page_context_of(access), 409)


def _sentence(refusal: ValidationError | WorkflowError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _done(
    request: SignedInRequest, access: ViewAccess, sentence: str, view: SavedView | None = None
) -> HttpResponse:
    messages.success(request, sentence)
    return see_other(_page_url(access, view))


def _page_url(access: ViewAccess, view: SavedView | None) -> str:
    """Return the URL of the page, with the anchor of a view."""
    place = f"#view-{view.pk}" if view else ""
    return f"{reverse('desk:views', args=[access.desk.label.slug])}{place}"


def _page(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return answer(request, PAGE, context, status=status)
