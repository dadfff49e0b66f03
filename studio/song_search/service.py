"""A project filled in with what a source knows of its song: chosen by a person, or at once."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from catalog.models import Track
from catalog.naming import name_of
from kit.errors import NotPossible, WorkflowError
from sources.errors import NotFound, SourceError
from sources.exchange import IN_JOB, IN_REQUEST, Patience
from sources.facts import Song
from studio.actions import perform
from studio.choices import Act
from studio.locks import lock
from studio.models import Project, StudioEvent
from studio.similar_songs.names import artist_of, song_name
from studio.song_search.offers import Offer, offers, stamp_of, values_of
from studio.song_sources import asked, name_of_song, sources_on
from studio.source_covers import take_cover

COVER = "cover"
NOTHING = "Select what to fill in."
CHANGED = "Somebody changed this project meanwhile. Check its details and choose again."
GONE = "This song is no longer among the results. Search again."


def search(source: str, title: str, artist: str, *, patience: Patience = IN_REQUEST) -> list[Song]:
    """Return the songs that a source finds, the best first. Raises a SourceError, ValidationError for no source."""
    return asked(source).songs(title, artist, patience=patience)


def song_named(name: str, songs: Sequence[Song]) -> Song:
    """Return the song of this name among what was found. Raises NotPossible."""
    found = next((song for song in songs if str(name_of_song(song)) == name), None)
    if found is None:
        raise NotPossible(GONE)
    return found


def fill(
    project: Project, song: Song, names: Sequence[str], *, user: User, key: UUID, stamp: str
) -> tuple[list[Offer], str]:
    """Fill in the fields of these names; return what was, and why a cover was not. A repeated key fills nothing.

    Raises NotPossible if somebody changed the project since the page with this `stamp`, NotAllowed, ValidationError.
    """
    with transaction.atomic():
        locked = _locked(project)
        if StudioEvent.objects.filter(actor=user, key__in=[key, uuid5(key, COVER)]).exists():
            return [], ""
        taken = [each for each in offers(locked, song, user) if each.name in names]
        if not taken:
            raise NotPossible(NOTHING)
        if stamp != stamp_of(locked):
            raise NotPossible(CHANGED)
        _write(locked, taken, user, key)
    return _with_cover(locked, taken, user, key, IN_REQUEST)


def fill_at_once(project: Project, *, key: UUID) -> list[Offer]:
    """Fill in what is empty in the owner's name, if a source knows exactly this song; return what was.

    The sources are asked one after the other until one knows it. Nothing that a person typed is replaced. Raises a
    SourceError if none knew it and one of them failed.
    """
    trouble: SourceError | None = None
    for source in sources_on() if song_name(artist_of(project), project.shown_title) else []:
        try:
            songs = source.songs(project.shown_title, artist_of(project), patience=IN_JOB)
        except NotFound:
            continue
        except SourceError as error:
            trouble = error
            continue
        if _empty_offers(project, songs):
            return _fill_empty(project, songs, key)
    if trouble:
        raise trouble
    return []


def _empty_offers(project: Project, songs: Sequence[Song]) -> list[Offer]:
    """Return what the first song of exactly this name fills in where nothing stands."""
    name = song_name(artist_of(project), project.shown_title)
    same = (song for song in songs if name_of(song.artist, song.title, song.mix) == name)
    song = next(same, None)
    return [each for each in offers(project, song, project.owner) if each.is_empty] if song else []


def _fill_empty(project: Project, songs: Sequence[Song], key: UUID) -> list[Offer]:
    """Fill in what is still empty: somebody may have typed while the sources were asked."""
    with transaction.atomic():
        locked = _locked(project)
        taken = _empty_offers(locked, songs)
        _write(locked, taken, locked.owner, key)
    return _with_cover(locked, taken, locked.owner, key, IN_JOB)[0]


def _locked(project: Project) -> Project:
    """Return a project as it is now, locked with its track until the transaction ends."""
    locked = lock(project).project
    assert locked
    if locked.track_id:
        locked.track = Track.objects.select_for_update(no_key=True, of=("self",)).get(pk=locked.track_id)
    return locked


def _write(project: Project, taken: Sequence[Offer], user: User, key: UUID) -> None:
    if facts := values_of(taken):
        perform(project, Act.EDIT, user=user, key=key, **facts)


def _with_cover(
    project: Project, taken: Sequence[Offer], user: User, key: UUID, patience: Patience
) -> tuple[list[Offer], str]:
    """Take the cover, if it is among what is taken; return what was taken, and why the cover was not."""
    url = next((each.new for each in taken if each.name == COVER), "")
    problem = _cover_problem(project, url, user, uuid5(key, COVER), patience) if url else ""
    return [each for each in taken if each.name != COVER or not problem], problem


def _cover_problem(project: Project, url: str, user: User, key: UUID, patience: Patience) -> str:
    """Take a cover; return why it could not be had, "" if it was."""
    try:
        take_cover(project, url, user=user, key=key, patience=patience)
    except WorkflowError as error:
        return str(error)
    return ""
