"""The queue: what lies on a desk, beside a pane for one of it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk import queue
from desk.filters import QueueFilter
from desk.frame import frame_of
from desk.listing import Listing, suffix_of
from desk.row import rows_of
from kit.htmx import answer
from kit.pages import Page
from labels.access import desk_of
from submissions.models import Submission

PARTIALS = {"queue": "desk/_queue.html", "more": "desk/_more.html", "pane": "desk/_no_pane.html"}


@require_safe
def submission_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's submissions; at first those that wait for the label."""
    desk = desk_of(request.user, slug)
    tally = queue.tally_of(queue.desk_rows(request.user, desk.label))
    form = QueueFilter(request.GET, genres=queue.genre_choices(tally))
    is_valid = form.is_valid()
    listing = Listing(request.user, desk, form, suffix_of(request.GET))
    page = listing.page(request.GET) if is_valid else Page[Submission]([], "", "")
    rows = rows_of(page.items, desk, suffix=listing.suffix)
    context = {
        **frame_of(listing, tally),
        "page": page,
        "rows": rows,
    }
    return answer(request, "desk/queue.html", context, partials=PARTIALS, status=200 if is_valid else 422)
