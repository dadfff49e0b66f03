"""Questions to all tracklists that a person may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from recordings.access import recording_of, shelves_of
from recordings.graph import page
from recordings.models import Recording

LONGEST = 200


@require_safe
def graph_questions(request: SignedInRequest) -> HttpResponse:
    """Look for a song, or read where our releases were played."""
    shelves = shelves_of(request.user)
    context = page.questions_page(shelves, request.GET.get("q", "")[:LONGEST])
    return render(request, "recordings/graph/questions.html", context)


@require_safe
def graph_work(request: SignedInRequest, code: str) -> HttpResponse:
    """Show where a song was played, and next to what."""
    shelves = shelves_of(request.user)
    context = page.work_page(code, shelves)
    if context is None:
        raise Http404
    return render(request, "recordings/graph/work.html", context)


@require_safe
def graph_way(request: SignedInRequest) -> HttpResponse:
    """Show the way from one song to another over what was played next to each other."""
    shelves = shelves_of(request.user)
    start, end = (request.GET.get(name, "").strip()[:LONGEST] for name in ("from", "to"))
    return render(request, "recordings/graph/way.html", page.way_page(start, end, shelves))


@require_safe
def graph_sets(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the recordings that share most songs with this one."""
    seen = recording_of(request.user, reference, rows=Recording.objects.listed())
    shelves = shelves_of(request.user)
    return render(request, "recordings/graph/sets.html", page.sets_page(seen, shelves))
