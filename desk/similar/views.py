"""The comparison of submissions side by side, and the page of an artist."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.context import context_of
from desk.queue.listing import listing_of
from desk.queue.views import invalid_request
from desk.scores.visibility import with_score_visibility
from desk.similar import comparison
from desk.similar.artist import artist_of
from desk.similar.comparison import DeskReader, SelectionError
from labels.access import desk_of
from submissions.models import Submission


@require_safe
def submission_compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show two to four submissions side by side; `q` is the query to go back to."""
    desk = desk_of(request.user, slug)
    rows = with_score_visibility(Submission.objects.at_desk(request.user, desk.label), request.user)
    try:
        found = comparison.selected(rows, request.GET.getlist("pick"))
    except SelectionError as refusal:
        return invalid_request(request, desk.label, [str(refusal)])
    reader = DeskReader(request.user, desk, listing_of(request, request.user, desk))
    sides = comparison.sides_of(found, reader)
    sections, same = comparison.sections_of(sides)
    context = {
        "label": desk.label,
        "q": request.GET.get("q"),
        "sides": sides,
        "sections": sections,
        "same": same,
    }
    return render(request, "desk/similar/compare.html", context)


@require_safe
def artist_detail(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show everything at this desk from the account that sent this submission."""
    context = context_of(request.user, slug, reference)
    artist = artist_of(context, request.GET)
    values = {
        "label": context.desk.label,
        "submission": context.submission,
        "artist": artist,
        "page": artist.page,
    }
    return render(request, "desk/similar/artist.html", values)
