"""The queue: what lies on a desk, beside a pane for one of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.queue.listing import Listing
from desk.queue.page import frame_of
from desk.queue.row import rows_of
from desk.saved_views.service import opening_query
from desk.search.request import asked
from kit.htmx import answer, target_of
from labels.access import desk_of
from labels.models import Label


def not_understood(request: SignedInRequest, label: Label, messages: list[str]) -> HttpResponse:
    """Answer 422 with these sentences and the way back to the queue."""
    context = {"label": label, "sentences": messages, "q": request.GET.get("q")}
    return render(request, "desk/queue/not_understood.html", context, status=422)


PARTIALS = {
    "queue": "desk/queue/_queue_swap.html",
    "more": "desk/queue/_more.html",
    "pane": "desk/queue/_no_pane.html",
}


@require_safe
def submission_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what a query finds at a label's desk; at first what waits for the label.

    Controls are answered by a redirect to the address of their query, HTMX at once by the list.
    """
    desk, said = desk_of(request.user, slug), asked(request.GET)
    listing = Listing(request.user, desk, said)
    if opening := _opening(request, listing):
        return redirect(opening)
    is_swap = target_of(request) == "queue"
    if said.by_controls and said.is_valid and not is_swap:
        return redirect(listing.url)
    page = listing.page(request.GET)
    rows = rows_of(page.items, desk, suffix=listing.suffix)
    context = {**frame_of(listing), "page": page, "rows": rows}
    status = 200 if said.is_valid else 422
    response = answer(request, "desk/queue/queue.html", context, partials=PARTIALS, status=status)
    if is_swap:
        response["HX-Push-Url"] = listing.url if said.is_valid else "false"
    return response


def _opening(request: SignedInRequest, listing: Listing) -> str:
    """Return the address of the view that this member's desk opens with, "" where another is asked for."""
    is_bare = not request.GET and not request.htmx
    query = opening_query(listing.shelf) if is_bare else None
    return request.path + query.url if query else ""
