"""The page on which a track list is edited."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from releases.choices import Transition
from releases.desk_context import ReleaseContext, context_at, page_context
from releases.forms import Outcome, attempt
from releases.models import ReleaseTrack
from releases.track_list import differences, facts_in
from releases.tracks_page.forms import TrackListForm
from submissions.choices import State
from submissions.models import Revision, Submission

MOST_OFFERED = 60
WORDS = {
    "title": "Title",
    "mix": "Mix",
    "artist": "Artist",
    "isrc": "ISRC",
    "seconds": "Length in seconds",
    "is_explicit": "Explicit",
}


@require_http_methods(["GET", "HEAD", "POST"])
def release_tracks(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show and save the whole list."""
    context = context_at(request, slug, code)
    context.require_role(Transition.SET_TRACKS)
    given = _given(context)
    if request.method != "POST":
        return _page(request, context, TrackListForm(turn=context.release.turn, **given))
    form = TrackListForm(request.POST, request.FILES, **given)
    outcome = attempt(form, context.release, Transition.SET_TRACKS, context.actor)
    if outcome.event is None:
        return _page(request, context.refreshed(), outcome.form, outcome)
    messages.success(request, "The track list is saved.")
    return see_other(f"{context.url}#tracks")


def _given(context: ReleaseContext) -> dict[str, Any]:
    """Return the list, the demos that could stand on it, and what those that do say. Three queries."""
    tracks = list(context.release.tracks.select_related("submission"))
    return {"tracks": tracks, "available": _available(context), "facts": facts_on(tracks)}


def _available(context: ReleaseContext) -> list[Submission]:
    """Return the label's signed demos that come out nowhere yet, the newest first."""
    placed = ReleaseTrack.objects.filter(submission=OuterRef("pk"), comes_out=True)
    signed = Submission.objects.at_desk(context.user, context.desk.label).filter(state=State.SIGNED)
    rows = signed.filter(~Exists(placed)).order_by("-submitted_at", "-id")
    return list(rows[:MOST_OFFERED])


def facts_on(tracks: list[ReleaseTrack]) -> dict[str, dict[str, Any]]:
    """Return what the demos of a list say of their tracks, by reference. One query."""
    filled = {track.submission_id: track.submission.reference for track in tracks if track.submission}
    rows = Revision.objects.filter(submission__in=filled).order_by("submission_id", "-number")
    return {filled[row.submission_id]: facts_in(row.copy) for row in rows.distinct("submission_id")}


def _page(
    request: SignedInRequest,
    context: ReleaseContext,
    form: TrackListForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "form": form,
        "differences": _differences(form),
        "sentence": outcome.sentence if outcome else str(context.refusal_of(Transition.SET_TRACKS) or ""),
    }
    status = outcome.status if outcome else 200
    return render(request, "releases/tracks_page/tracks.html", page, status=status)


def _differences(form: TrackListForm) -> dict[str, list[tuple[str, Any]]]:
    """Return by reference what each demo says otherwise than the list."""
    tracks = [track for track in form.given["tracks"] if track.submission]
    found = {}
    for track in tracks:
        assert track.submission
        facts = form.facts.get(track.submission.reference, {})
        said = differences(track, facts)
        found[track.submission.reference] = [(WORDS[name], value) for name, (_, value) in said.items()]
    return found
