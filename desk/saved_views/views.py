"""Saved views of the queue: the page that lists them, and what one does with each."""

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
from desk.saved_views.access import Shelf, shelf_of, view_at
from desk.saved_views.forms import SaveViewForm
from desk.saved_views.page import rename_form_of, save_form_of, views_of, views_page_of
from desk.saved_views.service import drop_default, make_default
from desk.search.parser import parse
from kit.htmx import answer, see_other, target_of
from submissions.errors import NotAllowed, NotPossible, WorkflowError

PAGE = "desk/saved_views/views.html"
PARTS = {"views": "desk/saved_views/_views_swap.html", "view-links": "desk/saved_views/_view_links.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the views a member may open, with counts, or save one; the queue asks for its part of it."""
    shelf = shelf_of(request.user, slug)
    if request.method == "POST":
        return _saved(request, shelf)
    text = request.GET.get("q")
    if target_of(request) in PARTS:
        return answer(request, PAGE, views_of(shelf, text, is_counted=True), partials=PARTS)
    return _page(request, views_page_of(shelf, form=save_form_of(shelf, text or "")))


@require_POST
def saved_view_rename(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Call a view otherwise."""
    shelf = shelf_of(request.user, slug)
    view = view_at(shelf, pk)
    if not shelf.may_change(view):
        raise PermissionDenied
    form = rename_form_of(view, request.POST)
    try:
        if form.is_valid():
            renamed = saved_views.rename(shelf, view, name=form.cleaned_data["name"])
            return _done(request, shelf, f"“{view}” is now called “{renamed}”.", view)
    except ValidationError as error:
        form.add_error(None, error)
    except WorkflowError as refusal:
        return _refused(request, shelf, refusal)
    return _page(request, views_page_of(shelf, renaming=(view, form)), 422)


@require_POST
def saved_view_share(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a view to the team."""
    return _acted(request, slug, pk, saved_views.share, "The team sees “{}” now.")


@require_POST
def saved_view_unshare(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a view back from the team."""
    return _acted(request, slug, pk, saved_views.unshare, "“{}” is yours alone now.")


@require_POST
def saved_view_delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put a view away for good."""
    return _acted(request, slug, pk, saved_views.delete, "“{}” is deleted.")


@require_POST
def saved_view_default(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let one's desk open with a view."""
    return _acted(request, slug, pk, make_default, "Your desk opens with “{}” from now on.")


@require_POST
def saved_view_no_default(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let one's desk open as it does for everybody at first."""
    shelf = shelf_of(request.user, slug)
    drop_default(shelf)
    return _done(request, shelf, "Your desk opens with what waits for the label.")


def _saved(request: SignedInRequest, shelf: Shelf) -> HttpResponse:
    if "is_team" in request.POST and not shelf.may_share:
        raise PermissionDenied
    form = save_form_of(shelf, data=request.POST)
    try:
        if form.is_valid():
            view = saved_views.keep(shelf, **form.said)
            messages.success(request, f"“{view}” is saved{' for the team' if view.is_team else ''}.")
            return see_other(_where_it_was_saved(request, shelf, view))
    except ValidationError as error:
        form.add_error(None, error)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _unsaved(request, shelf, form, 409)
    return _unsaved(request, shelf, form, 422)


def _unsaved(request: SignedInRequest, shelf: Shelf, form: SaveViewForm, status: int) -> HttpResponse:
    """Answer the form with what was typed and what is wrong with it, on the queue's part or on the page."""
    if target_of(request) in PARTS:
        context = views_of(shelf, request.POST.get("q", ""), form=form)
        return answer(request, PAGE, context, partials=PARTS, status=status)
    return _page(request, views_page_of(shelf, form=form), status)


def _where_it_was_saved(request: SignedInRequest, shelf: Shelf, view: SavedView) -> str:
    if request.POST.get("from") == "list":
        return _address(shelf, view)
    name = "desk:views" if target_of(request) in PARTS else "desk:queue"
    return f"{reverse(name, args=[shelf.desk.label.slug])}{parse(view.query).url}"


def _acted(
    request: SignedInRequest, slug: str, pk: int, act: Callable[[Shelf, SavedView], object], sentence: str
) -> HttpResponse:
    """Do one thing with a view; what stands against it is said above the list as it is now."""
    shelf = shelf_of(request.user, slug)
    view = view_at(shelf, pk)
    try:
        act(shelf, view)
    except (ValidationError, WorkflowError) as refusal:
        return _refused(request, shelf, refusal)
    return _done(request, shelf, sentence.format(view), view if act is not saved_views.delete else None)


def _refused(
    request: SignedInRequest, shelf: Shelf, refusal: ValidationError | WorkflowError
) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise PermissionDenied(str(refusal)) from refusal
    messages.error(request, _said(refusal))
    return _page(request, views_page_of(shelf), 409)


def _said(refusal: ValidationError | WorkflowError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _done(
    request: SignedInRequest, shelf: Shelf, sentence: str, view: SavedView | None = None
) -> HttpResponse:
    messages.success(request, sentence)
    return see_other(_address(shelf, view))


def _address(shelf: Shelf, view: SavedView | None) -> str:
    """Return where a view stands on the page."""
    place = f"#view-{view.pk}" if view else ""
    return f"{reverse('desk:views', args=[shelf.desk.label.slug])}{place}"


def _page(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return answer(request, PAGE, context, status=status)
