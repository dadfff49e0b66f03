"""A project's song looked up at a source, and its project filled in; 404 while all sources are off."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from accounts.requests import SignedInRequest
from kit import attempts
from kit.htmx import see_other
from sources.errors import NotFound, SourceError
from sources.facts import Song
from studio.access import SeenProject, project_of
from studio.choices import Act
from studio.similar_songs.names import artist_of
from studio.song_search import service
from studio.song_search.at_once import fills_songs, set_fills_songs
from studio.song_search.forms import AtOnceForm, FillForm, SearchForm
from studio.song_search.offers import LABELS, Offer, offers, stamp_of
from studio.song_sources import name_of_song, sources_on

PAGE = "studio/song_search/search.html"
LIMIT = "look_up_song"
MOST = 10
SAYS_ON = "Your new projects will be filled in automatically."
SAYS_OFF = "Your new projects will not be filled in automatically."


@require_http_methods(["GET", "HEAD", "POST"])
def song_search(request: SignedInRequest, code: str) -> HttpResponse:
    """Search for a project's song, show what would be filled in, and fill it in."""
    seen = _seen(request, code)
    if request.method != "POST":
        facts = {"title": seen.project.shown_title, "artist": artist_of(seen.project)}
        return _page(request, seen, SearchForm(initial=facts))
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, form, status=422)
    limits.check(request, LIMIT)  # also for who fills in: what was found is asked for again
    try:
        said = form.cleaned_data
        songs = service.search(said["source"], said["title"], said["artist"])[:MOST]
    except NotFound:
        songs = []
    except SourceError as error:
        return _page(request, seen, form, status=409, sentence=str(error))
    if request.POST.get("do") == "fill":
        return _fill(request, seen, form, songs)
    return _page(request, seen, form, songs=songs)


@require_POST
def songs_fill(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep whether a person's new projects are filled in at once; the page of this project is shown again."""
    seen = _seen(request, code)
    form = AtOnceForm(request.POST)
    is_on = form.is_valid() and form.cleaned_data["fills_songs"]
    set_fills_songs(request.user, is_on)
    messages.success(request, SAYS_ON if is_on else SAYS_OFF)
    return see_other("studio:song-search", seen.project.code)


def _seen(request: SignedInRequest, code: str) -> SeenProject:
    seen = project_of(request.user, code)
    seen.require(Act.EDIT)
    if not sources_on():
        raise Http404
    return seen


def _fill(
    request: SignedInRequest, seen: SeenProject, search: SearchForm, songs: Sequence[Song]
) -> HttpResponse:
    form = FillForm(request.POST)

    def act(**carried: Any) -> tuple[list[Offer], str]:
        said = form.cleaned_data
        song = service.song_named(said["song"], songs)
        names, stamp = said["take"], said["stamp"]
        return service.fill(seen.project, song, names, user=request.user, stamp=stamp, **carried)

    outcome = attempts.attempt(form, act, lambda: form)
    if outcome.event is None:
        sentence = outcome.sentence or service.GONE
        again = _seen(request, seen.project.code)
        return _page(request, again, search, songs=songs, status=outcome.status, sentence=sentence)
    filled, problem = outcome.event
    if filled:
        messages.success(request, f"Filled in: {', '.join(LABELS[each.name].lower() for each in filled)}.")
    if problem:
        messages.warning(request, f"The cover could not be added: {problem}")
    return see_other("studio:project", seen.project.code)


def _page(
    request: SignedInRequest,
    seen: SeenProject,
    form: SearchForm,
    *,
    songs: Sequence[Song] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    rows = None if songs is None else [_row(seen, song, request) for song in songs]
    page = {"seen": seen, "project": seen.project, "form": form, "rows": rows, **more}
    page["stamp"] = stamp_of(seen.project)
    page["at_once_form"] = AtOnceForm(initial={"fills_songs": fills_songs(request.user)})
    return render(request, PAGE, page, status=status)


def _row(seen: SeenProject, song: Song, request: SignedInRequest) -> dict[str, Any]:
    found = {"song": song, "name": name_of_song(song), "key": uuid4()}
    return found | {"offers": offers(seen.project, song, request.user)}
