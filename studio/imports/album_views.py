"""Songs imported from an album that a source knows; 404 while all of them are off."""

from typing import Any
from uuid import uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.requests import SignedInRequest
from kit.errors import WorkflowError
from sources.errors import NotFound, SourceError
from sources.facts import Album
from studio import song_sources
from studio.choices import PackKind
from studio.imports.forms import SearchForm
from studio.imports.lines import Line
from studio.imports.preview import Preview, done, pack_at, page_of, preview_of
from studio.imports.service import choice_for
from studio.models import Pack
from studio.song_sources import Found
from studio.source_covers import take_cover

PAGE = "studio/imports/album.html"
LIMIT = "look_up_song"


@require_http_methods(["GET", "HEAD", "POST"])
def album_import(request: SignedInRequest, code: str = "") -> HttpResponse:
    """Search for an album, show its songs, and import what is chosen of them."""
    into = pack_at(request, code)
    if not song_sources.sources_on():
        raise Http404
    if request.method != "POST":
        return render(request, PAGE, page_of("album", into, form=SearchForm()))
    form = SearchForm(request.POST)
    try:
        return _answer(request, into, form)
    except (ValidationError, NotFound) as error:
        form.add_error("album", error if isinstance(error, ValidationError) else str(error))
        return _page(request, into, form, status=422)
    except SourceError as error:
        return _page(request, into, form, status=409, sentence=str(error), again=_sent(request))


def _answer(request: SignedInRequest, into: Pack | None, form: SearchForm) -> HttpResponse:
    """Do what a press asks for. Raises ValidationError for an address that leads nowhere, or a SourceError."""
    if not form.is_valid():
        return _page(request, into, form, status=422)
    limits.check(request, LIMIT)  # also for who imports: the album is asked for again
    if found := _found(request, form):
        return _songs(request, into, form, found)
    said = form.cleaned_data
    search = song_sources.asked(said["source"]).albums
    albums = search(said["album"], said["by"], patience=song_sources.IN_REQUEST)
    rows = [{"album": album, "name": song_sources.name_of_album(album)} for album in albums]
    return _page(request, into, form, rows=rows)


def _found(request: SignedInRequest, form: SearchForm) -> Found | None:
    """Return the album that was chosen, or whose address was pasted; None where one is looked for."""
    data, text = request.POST, form.cleaned_data["album"]
    if name := data.get("show") or (data.get("shown") if data.get("do") != "search" else ""):
        return song_sources.read_name(name)
    return song_sources.found_in(text) if song_sources.is_address(text) else None


def _songs(request: SignedInRequest, into: Pack | None, form: SearchForm, found: Found) -> HttpResponse:
    album = song_sources.album_of(found)
    lines = _lines(album)
    choice = choice_for(into, request.user, lines)
    is_single = found.kind == "track"
    usual = {"kind": PackKind.ALBUM, "title": album.title[:150], "artist": album.artist[:200]}
    usual |= {"kind": "none", "title": ""} if is_single else {}
    preview = preview_of(request, into, choice, usual, is_shown=request.POST.get("shown") == str(found))
    if preview.event:
        _add_cover(request, into, preview, album)
        return done(request, preview)
    more = {"preview": preview, "album": album, "found": found, "sentence": preview.sentence}
    return _page(request, into, form, status=preview.status, **more)


def _lines(album: Album) -> list[Line]:
    """Return an album's songs as lines; what is too long for a field is cut."""
    return [
        Line(
            number,
            song_sources.full_title(song)[:150],
            song.artist[:200],
            album=song.album[:150],
            year=song.year,
        ).checked()
        for number, song in enumerate(album.songs, 1)
    ]


def _add_cover(request: SignedInRequest, into: Pack | None, preview: Preview, album: Album) -> None:
    """Give a new pack the album's cover; one that cannot be had is told, and hinders nothing."""
    pack = preview.event.pack if preview.event else None
    if into or pack is None or pack.cover_id or not album.cover_url:
        return
    key = uuid5(preview.form.cleaned_data["key"], "cover")
    try:
        take_cover(pack, album.cover_url, user=request.user, key=key)
    except WorkflowError as error:
        messages.warning(request, f"The cover could not be added: {error} You can add one on this page.")


def _sent(request: SignedInRequest) -> list[tuple[str, str]]:
    """Return all that a form said, to be sent again."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, str(value)) for name, value in pairs if name != "csrfmiddlewaretoken"]


def _page(
    request: SignedInRequest, into: Pack | None, form: SearchForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, PAGE, page_of("album", into, form=form, **more), status=status)
