from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.clock import now
from submissions import listing

NEWEST_FIRST = ("-created_at", "-id")
CARDS = 24


@require_safe
def submission_list(request: SignedInRequest) -> HttpResponse:
    """A producer's own submissions, newest first, a tab at a time."""
    current = request.GET.get("tab", "all")
    current = current if current in listing.TABS else "all"
    rows = listing.rows(request.user, current)
    page = pages.page(rows, request.GET, order=NEWEST_FIRST, size=CARDS)
    context = {
        "tabs": listing.tabs(request.user, current),
        "current": current,
        "page": page,
        "cards": listing.cards(page.items, now()),
    }
    return render(request, "submissions/list.html", context)
