"""The queue: what lies on a desk."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk import queue
from desk.filters import QueueFilter
from kit import pages
from kit.htmx import answer
from labels.access import Desk, desk_of
from labels.choices import Status
from labels.wording import STANDING

ROWS = 50
PARTIALS = {"queue": "desk/_queue.html"}


@require_safe
def submission_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's submissions; at first those that wait for the label."""
    desk = desk_of(request.user, slug)
    everything = queue.desk_rows(request.user, desk.label)
    tally = queue.tally_of(everything)
    form = QueueFilter(request.GET, genres=queue.genre_choices(tally))
    is_valid = form.is_valid()
    rows = form.narrowed(queue.listed(everything)) if is_valid else everything.none()
    page = pages.page(rows, request.GET, order=form.order_by, size=ROWS)
    context = {
        **_frame(request, desk, form, tally),
        "page": page,
        "rows": queue.rows_of(page.items, desk.label),
    }
    return answer(request, "desk/queue.html", context, partials=PARTIALS, status=200 if is_valid else 422)


def _frame(request: SignedInRequest, desk: Desk, form: QueueFilter, tally: queue.Tally) -> dict[str, Any]:
    return {
        "desk": desk,
        "label": desk.label,
        "standing": STANDING.get(Status(desk.label.status), ""),
        "form": form,
        "tally": tally,
        "tabs": queue.tabs_of(form, tally, request.GET),
        "chips": queue.chips_of(form, tally, request.GET),
    }
