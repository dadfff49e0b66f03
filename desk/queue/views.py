"""The queue page: a list of submissions next to a pane for one of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.queue.kept_rows import listed_rows
from desk.queue.listing import Listing
from desk.queue.page import elsewhere_of, list_context_of
from desk.saved_views.service import opening_query
from desk.search.controls import label_choices_of
from desk.search.request import read_search
from desk.search.term_table import TERMS
from kit.htmx import answer, target_of
from kit.routes import url_for
from labels.access import desk_of
from labels.models import Label


def invalid_request(request: SignedInRequest, label: Label, messages: list[str]) -> HttpResponse:
    """Answer 422 with these sentences and a link back to the queue."""
    context = {"label": label, "sentences": messages, "q": request.GET.get("q")}
    return render(request, "desk/queue/invalid_request.html", context, status=422)


PARTIALS = {
    "queue": "desk/queue/_queue_swap.html",
    "more": "desk/queue/_more.html",
    "pane": "desk/queue/_no_pane.html",
}


@require_safe
def submission_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what a query finds at a label's desk, by default what waits for the label.

    The filter controls redirect to the address of their query; HTMX gets the list at once.
    """
    desk, search = desk_of(request.user, slug), read_search(request.GET)
    listing = Listing(request.user, desk, search)
    if opening := _opening(request, listing):
        return redirect(opening)
    is_swap = target_of(request) == "queue"
    if search.by_controls and search.is_valid and not is_swap:
        return redirect(listing.url)
    page = listing.page(request.GET)
    rows = listed_rows(page.items, desk, suffix=listing.suffix)
    context = {**list_context_of(listing), "page": page, "rows": rows}
    if search.is_valid and search.query.is_narrowed and not rows:
        context["elsewhere"] = elsewhere_of(listing)
    status = 200 if search.is_valid else 422
    response = answer(request, "desk/queue/queue.html", context, partials=PARTIALS, status=status)
    if is_swap:
        response["HX-Push-Url"] = listing.url if search.is_valid else "false"
    return response


@require_safe
def query_filters(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the filter's fields for a query, as a page or in the queue's panel. Three queries once a minute."""
    desk, search = desk_of(request.user, slug), read_search(request.GET)
    listing = Listing(request.user, desk, search)
    context = {
        "label": desk.label,
        "listing": listing,
        "controls": search.controls(label_choices_of(desk.label)),
        "queue_url": url_for("desk:queue", slug),
    }
    partials = {"controls": "desk/search/_controls_form.html"}
    return answer(request, "desk/search/filters.html", context, partials=partials)


@require_safe
def query_help(request: SignedInRequest, slug: str) -> HttpResponse:
    """Explain the terms of a query, as a page or beside the search box."""
    label = desk_of(request.user, slug).label
    context = {"label": label, "terms": TERMS, "queue_url": url_for("desk:queue", label.slug)}
    return answer(
        request, "desk/search/help.html", context, partials={"query-terms": "desk/search/_help.html"}
    )


def _opening(request: SignedInRequest, listing: Listing) -> str:
    """Return the address of this member's default view where the request names no query, else ""."""
    is_bare = not request.GET and not request.htmx
    query = opening_query(listing.view_access) if is_bare else None
    return request.path + query.url if query else ""
