"""Outsiders asked about a recording; each address is a 404 while its source is off."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts import limits
from accounts.requests import SignedInRequest
from kit.errors import NotPossible
from kit.htmx import see_other
from recordings.access import SeenRecording, changeable_recording_of
from recordings.choices import Outsider
from recordings.lookup import service
from recordings.lookup.forms import TracklistForm
from recordings.lookup.page import lookup_context
from recordings.models import Recording
from recordings.recording_page.page import page_context
from sources import acoustid, tracklists1001

LIMIT = "look_up_recording"


@require_POST
def sound_look_up(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask AcoustID which recording this is."""
    seen = _seen(request, reference, is_on=acoustid.is_on())
    return _ordered(request, seen.recording, Outsider.SOUND)


@require_POST
def tracklist_fetch(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask 1001Tracklists for the lines of a set's page."""
    seen = _seen(request, reference, is_on=tracklists1001.is_on())
    form = TracklistForm(request.POST)
    if form.is_valid():
        return _ordered(request, seen.recording, Outsider.PLAYS, form.cleaned_data["url"])
    context = page_context(seen) | lookup_context(seen, form) | {"sentence": ""}
    return render(request, "recordings/recording_page/recording.html", context, status=422)


@require_POST
def candidate_use(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the facts of the candidate that a person picked."""
    seen = _seen(request, reference, is_on=acoustid.is_on())
    try:
        found = service.choose(seen.recording, request.POST.get("mbid", ""))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Using what is known of {found.title}. What you typed stays first.")
    return _back(reference)


def _seen(request: SignedInRequest, reference: str, *, is_on: bool) -> SeenRecording:
    seen = changeable_recording_of(request.user, reference)
    if not is_on:
        raise Http404
    return seen


def _ordered(request: SignedInRequest, recording: Recording, of: Outsider, url: str = "") -> HttpResponse:
    limits.check(request, LIMIT)
    try:
        service.order(recording, of, by=request.user, url=url)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return _back(recording.reference)


def _back(reference: str) -> HttpResponse:
    response = see_other("recordings:recording", reference)
    response["Location"] += "#lookups"
    return response
