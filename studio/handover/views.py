"""A finished project becomes a demo: its track is filled in, checked and saved, then labels are chosen."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from catalog.models import Profile, Track
from catalog.naming import plain
from catalog.tracks.forms import with_mix_moved
from catalog.tracks.track_form_set import TrackFormSet
from kit.htmx import see_other
from kit.routes import url_for
from labels.intakes.rule_words import listed
from studio.access import SeenProject, project_of
from studio.choices import Act
from studio.effects.demos import FINISHED
from studio.form_fields import MOST_OFFERED
from studio.forms import Outcome, attempt
from studio.handover.first_values import link_names, people_rows, track_values
from studio.handover.forms import DemoForm
from studio.models import Project

PAGE = "studio/handover/demo.html"


@require_http_methods(["GET", "HEAD", "POST"])
def demo_make(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the track that a project fills in; on POST save it, and go on to choosing labels."""
    seen = project_of(request.user, code)
    seen.require(Act.MAKE_DEMO)
    track = _track(request, seen.project)
    if request.method == "POST":
        return _make(request, seen, track)
    if seen.project.state not in FINISHED:
        messages.info(request, "Move the project to “Finished”, then make it a demo.")
        return redirect("studio:project", code=seen.project.code)
    profile = Profile.objects.filter(user=request.user).first()
    filled, people = track_values(seen.project, track), people_rows(seen.project, profile)
    form_set = TrackFormSet(request.user, track, initial=filled, people=people)
    form = DemoForm(initial={"track": track.code if track else ""})
    return render(request, PAGE, _context(seen, Outcome(200, form), form_set))


def _make(request: SignedInRequest, seen: SeenProject, track: Track | None) -> HttpResponse:
    form_set = TrackFormSet(request.user, track, with_mix_moved(request.POST))
    form = DemoForm(request.POST)
    if not all([form.is_valid(), form_set.is_valid()]):
        outcome = Outcome(422, form)
    else:
        outcome = attempt(form, seen.project, Act.MAKE_DEMO, request.user, forms=form_set)
    if outcome.event is None:
        context = _context(seen, outcome, form_set)
        return render(request, PAGE, context, status=outcome.status)
    made = outcome.event.details["track"]
    messages.success(request, "The track is in your catalogue. Now choose which labels to send it to.")
    return see_other(f"{url_for('submissions:send')}?track={made}")


def _track(request: SignedInRequest, project: Project) -> Track | None:
    """Return the track to fill in, None for a new one: the posted one, the project's, or one chosen. Raises Http404."""
    if request.method == "POST":
        code = request.POST.get("demo-track", "")
    else:
        code = project.track.code if project.track else request.GET.get("track", "")
    if not code:
        return None
    own = Track.objects.owned_by(request.user).with_genre().prefetch_related("collaborators")
    return get_object_or_404(own.filter(Q(project=None) | Q(project=project)), code=code.replace("\x00", ""))


def _context(seen: SeenProject, outcome: Outcome, form_set: TrackFormSet) -> dict[str, Any]:
    project, track = seen.project, form_set.track
    others = (
        Track.objects.owned_by(project.owner).current().filter(project=None).order_by("-created_at", "-id")
    )
    found = [] if project.track_id else list(others.exclude(pk=track.pk)[: MOST_OFFERED + 1])
    return {
        "seen": seen,
        "project": project,
        "form": outcome.form,
        "sentence": outcome.sentence,
        "form_set": form_set,
        "saved": track if track.pk else None,
        "others": found[:MOST_OFFERED],
        "has_more": len(found) > MOST_OFFERED,
        "most": MOST_OFFERED,
        "hosts": listed(link_names(project)),
        "other_artist": _other_artist(project, form_set),
    }


def _other_artist(project: Project, form_set: TrackFormSet) -> str:
    """Return the project's artist if labels would read another name: that of the profile."""
    is_same = plain(project.artist) == plain(form_set.artist_name)
    return "" if not project.artist or not form_set.artist_name or is_same else project.artist
