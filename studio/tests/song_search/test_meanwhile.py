"""A project that somebody changes while sources are asked: what they did stays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Picture, User
from catalog.tests.builders import make_producer, make_track
from kit.errors import NotPossible
from sources.facts import Song
from sources.testing.pictures import LocalCovers
from studio.choices import Act, Level
from studio.errors import NotVisible
from studio.models import Project, StudioEvent
from studio.song_search import service
from studio.song_search.offers import stamp_of
from studio.source_covers import take_cover
from studio.tests.builders import a_pack, a_project, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner, title="Night 1", artist="Nova")


@dataclass
class Slow:
    """A source that knows the song; something happens while it is asked."""

    song: Song
    meanwhile: Callable[[], object]

    def songs(self, *asked: Any, **more: Any) -> list[Song]:
        self.meanwhile()
        return [self.song]


def a_song(**facts: Any) -> Song:
    return Song("Night 1", "Nova", album="All Nights", year=2023, **facts)


def fresh(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def fill_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch, song: Song, meanwhile: Callable[[], object]
) -> list[str]:
    monkeypatch.setattr(service, "sources_on", lambda: [Slow(song, meanwhile)])
    return [each.name for each in service.fill_at_once(project, key=uuid4())]


def test_what_is_typed_meanwhile_stays(
    owner: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = fill_at_once(
        project, monkeypatch, a_song(), lambda: act(project, Act.EDIT, owner, album="Mine", year=1999)
    )
    assert filled == []
    assert (fresh(project).album, fresh(project).year) == ("Mine", 1999)


def test_project_that_is_renamed_meanwhile_is_filled_with_nothing(
    owner: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_at_once(project, monkeypatch, a_song(), lambda: act(project, Act.EDIT, owner, title="Tides"))
    assert (fresh(project).title, fresh(project).album) == ("Tides", "")


def test_cover_that_is_chosen_meanwhile_stays(
    owner: User, project: Project, monkeypatch: pytest.MonkeyPatch, covers: LocalCovers
) -> None:
    own = Picture.objects.create(data=b"webp")
    filled = fill_at_once(
        project,
        monkeypatch,
        a_song(cover_url=covers.url("/front")),
        lambda: act(project, Act.SET_COVER, owner, picture=own),
    )
    assert filled == ["album", "year"]
    assert (fresh(project).cover, list(Picture.objects.all())) == (own, [own])


@pytest.mark.parametrize("make", [a_project, a_pack], ids=["project", "pack"])
def test_cover_that_is_chosen_while_another_is_fetched_stays(
    owner: User, covers: LocalCovers, make: Callable[..., Any]
) -> None:
    seen = make(owner)
    own = Picture.objects.create(data=b"webp")
    act(seen, Act.SET_COVER, owner, picture=own)
    with pytest.raises(NotPossible, match="changed the cover meanwhile"):
        take_cover(seen, covers.url("/front"), user=owner, key=uuid4())
    seen.refresh_from_db()
    assert (seen.cover, list(Picture.objects.all())) == (own, [own])


def test_page_is_compared_with_the_project_as_it_is_now(owner: User, project: Project) -> None:
    stamp = stamp_of(project)
    act(project, Act.EDIT, owner, album="Mine")  # `project` was read before
    with pytest.raises(NotPossible, match="changed this project meanwhile"):
        service.fill(project, a_song(), ["album"], user=owner, key=uuid4(), stamp=stamp)
    assert fresh(project).album == "Mine"


def with_track(project: Project, owner: User) -> Project:
    act(project, Act.LINK_TRACK, owner, track=make_track(owner, title="Night 1", isrc=""))
    return Project.objects.select_related("track").get(pk=project.pk)


def test_isrc_alone_is_an_event(owner: User, project: Project) -> None:
    project = with_track(project, owner)
    song = a_song(isrc="GBABC2400001")
    service.fill(project, song, ["isrc"], user=owner, key=uuid4(), stamp=stamp_of(project))
    track = fresh(project).track
    assert track
    assert track.isrc == "GBABC2400001"
    event = StudioEvent.objects.latest("pk")
    assert (event.act, event.actor, event.details) == (Act.EDIT, owner, {"fields": ["isrc"]})


def test_isrc_is_not_filled_in_by_who_is_no_longer_in_the_crew(owner: User, project: Project) -> None:
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    project = with_track(project, owner)
    assert project.track
    project.track.owner = editor  # a track that changed hands
    project.track.save()
    act(project, Act.REMOVE_CREW, owner, person=editor.pk)
    song, stamp = a_song(isrc="GBABC2400001"), stamp_of(project)
    with pytest.raises(NotVisible):
        service.fill(project, song, ["isrc"], user=editor, key=uuid4(), stamp=stamp)
    project.track.refresh_from_db()
    assert project.track.isrc == ""
