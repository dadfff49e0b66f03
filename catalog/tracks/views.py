"""A producer's own tracks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import return_path
from accounts.requests import SignedInRequest
from catalog.links.players import player_panel, read_link
from catalog.models import Profile, Track
from catalog.music.units import display_tempo
from catalog.tracks import pending_track
from catalog.tracks.completeness import about_tempo, completeness, hints, offered_tempo
from catalog.tracks.copy import copy_of
from catalog.tracks.forms import LinkForm, with_mix_moved
from catalog.tracks.same_link import tracks_with
from catalog.tracks.summary import fact_groups
from catalog.tracks.track_form_set import TrackFormSet
from kit import pages
from kit.htmx import see_other
from kit.parts import part

NEWEST_FIRST = ("-created_at", "-id")


@require_safe
def track_list(request: SignedInRequest) -> HttpResponse:
    """List the producer's current or archived tracks, newest first."""
    is_archive = "archived" in request.GET
    profile = Profile.objects.filter(user=request.user).first()
    own = Track.objects.owned_by(request.user).with_genre().prefetch_related("collaborators")
    tracks = own.archived() if is_archive else own.current()
    page = pages.page(tracks, request.GET, order=NEWEST_FIRST)
    rows = [
        {
            "track": each,
            "host": read_link(each.audio_url),
            "tempo": display_tempo(each.tempo) if each.tempo else "",
            "completeness": completeness(copy_of(each, profile)),
        }
        for each in page
    ]
    context = {"page": page, "rows": rows, "profile": profile, "is_archive": is_archive, "form": LinkForm()}
    return render(request, "catalog/tracks/tracks.html", context)


@require_safe
def track_detail(request: SignedInRequest, code: str) -> HttpResponse:
    track = _get_own_track(request, code)
    profile = Profile.objects.filter(user=request.user).first()
    artist = profile.artist_name if profile else ""
    tempo, link = offered_tempo(track), read_link(track.audio_url)
    offer = about_tempo(track) if tempo else []
    context = {
        "track": track,
        "panel": player_panel(track.audio_url, title=track.full_title, by=artist),
        "groups": fact_groups(track),
        "hints": [each for each in hints(track, artist_name=artist) if each not in offer],
        "offer": offer,
        "tempo": display_tempo(tempo) if tempo else "",
        "twins": tracks_with(link, request.user, besides=track) if link else [],
        "completeness": completeness(copy_of(track, profile)),
        **part("track", request.user, track),
    }
    return render(request, "catalog/tracks/track.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def track_create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def track_edit(request: SignedInRequest, code: str) -> HttpResponse:
    return _edit(request, _get_own_track(request, code))


@require_POST
def track_archive(request: SignedInRequest, code: str) -> HttpResponse:
    track = _get_own_track(request, code)
    track.archive()
    messages.success(request, f"“{track}” is archived.")
    return see_other("catalog:tracks")


@require_POST
def track_restore(request: SignedInRequest, code: str) -> HttpResponse:
    track = _get_own_track(request, code)
    track.restore()
    messages.success(request, f"“{track}” is restored.")
    return see_other(track)


@require_POST
def track_tempo(request: SignedInRequest, code: str) -> HttpResponse:
    """Write the double or half of the tempo that was offered; nothing if none is."""
    track = _get_own_track(request, code)
    tempo = offered_tempo(track)
    if tempo:
        track.tempo = tempo
        track.save(update_fields=["tempo"])
        messages.success(request, f"The tempo of “{track}” is now {display_tempo(tempo)} BPM.")
    return see_other(track)


def _get_own_track(request: SignedInRequest, code: str) -> Track:
    own = Track.objects.owned_by(request.user).with_genre().prefetch_related("collaborators")
    return get_object_or_404(own, code=code)


def _edit(request: SignedInRequest, track: Track | None) -> HttpResponse:
    is_sent = request.method == "POST"
    typed, link = ({}, None) if is_sent or track else pending_track.track_of(request)
    data = with_mix_moved(request.POST) if is_sent else None
    form_set = TrackFormSet(request.user, track, data, initial=typed)
    if is_sent and form_set.is_valid():
        return _save_and_redirect(request, form_set, is_new=track is None)
    context = {
        "form_set": form_set,
        "saved": track,
        "form": None if is_sent or track else LinkForm(),
        "link": link,
        "panel": player_panel(link.url, title=typed["title"], by=form_set.artist_name) if link else None,
        "completeness": completeness(copy_of(track, form_set.profile)) if track else None,
        "back": _way_back(request),
    }
    return render(request, "catalog/tracks/track_form.html", context, status=422 if is_sent else 200)


def _way_back(request: SignedInRequest) -> str:
    """Return the page of this site that the form was opened from (`next`), "" for none."""
    return return_path.safe_path(request.POST.get("next") or request.GET.get("next"))


def _save_and_redirect(request: SignedInRequest, form_set: TrackFormSet, *, is_new: bool) -> HttpResponse:
    """Save the track and redirect to where its form was opened from; after a new one, to the return path if any."""
    track = form_set.save()
    messages.success(request, f"“{track}” is {'in your catalogue' if is_new else 'saved'}.")
    if not is_new:
        return see_other(_way_back(request) or track)
    pending_track.forget(request)
    return see_other(return_path.take(request, track=track.code) or track)
