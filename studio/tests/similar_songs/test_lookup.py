"""Songs that are done already: found in lists and among public projects, and nowhere else."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Visibility
from studio.models import Project, PublicSong
from studio.similar_songs.lookup import Match, similar_songs, songs_done
from studio.similar_songs.names import song_name
from studio.similar_songs.notice import sentence_of, warn_if_done
from studio.tests.builders import a_project, a_reference_list, act

pytestmark = pytest.mark.django_db
PAGE = "/studio/similar-songs/"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


def a_public_project(owner: User, **facts: Any) -> Project:
    project = a_project(owner, **{"title": "Night Shift", "artist": "Nova", **facts})
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project


def titles(found: list[Match]) -> list[tuple[str, bool]]:
    return [(match.title, match.is_exact) for match in found]


def test_same_song_comes_before_a_near_one(owner: User) -> None:
    a_reference_list(("Nova", "Night Shifts"), ("Nóva", "Night Shift (feat. Maya)"), ("Maya", "Night Shift"))
    assert titles(similar_songs("nova", "NIGHT SHIFT")) == [
        ("Night Shift (feat. Maya)", True),
        ("Night Shifts", False),
    ]


def test_public_project_is_found_and_a_private_one_never(owner: User) -> None:
    project = a_public_project(owner)
    a_project(owner, title="Night Shift", artist="Nova")
    found = similar_songs("Nova", "Night Shift")
    assert [(match.project, match.is_exact) for match in found] == [(project, True)]
    assert similar_songs("Nova", "Night Shift", own=project.code) == []


@pytest.mark.parametrize("name", [Act.SET_VISIBILITY, Act.DISCARD])
def test_project_that_is_public_no_longer_is_not_found(owner: User, name: Act) -> None:
    project = a_public_project(owner)
    details = {"visibility": Visibility.PRIVATE} if name == Act.SET_VISIBILITY else {}
    act(project, name, owner, **details)
    assert not PublicSong.objects.exists()
    assert similar_songs("Nova", "Night Shift") == []


def test_project_is_found_by_its_new_name(owner: User) -> None:
    project = a_public_project(owner)
    act(project, Act.EDIT, owner, title="Tides")
    assert similar_songs("Nova", "Night Shift") == []
    assert titles(similar_songs("Nova", "Tide")) == [("Tides", False)]


def test_project_without_an_artist_is_by_its_owner(owner: User) -> None:
    a_public_project(owner, artist="")
    assert titles(similar_songs(owner.profile.artist_name, "Night Shift")) == [("Night Shift", True)]


def test_project_with_a_track_is_found_by_the_tracks_title(owner: User) -> None:
    project = a_public_project(owner)
    track = make_track(owner, title="Tides")
    act(project, Act.LINK_TRACK, owner, track=track)
    assert titles(similar_songs(owner.profile.artist_name, "Tides")) == [("Tides", True)]
    track.title = "Something else"
    track.save()
    assert similar_songs(owner.profile.artist_name, "Tides") == []


def test_lookup_asks_as_little_for_five_songs_as_for_one(
    owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_reference_list(("Nova", "Night Shift"))
    a_public_project(owner)
    with django_assert_num_queries(4):
        assert len(similar_songs("Nova", "Night Shift")) == 2
    a_reference_list(*[("Nova", f"Night Shift{each}") for each in "abcd"])
    with django_assert_num_queries(4):
        assert len(similar_songs("Nova", "Night Shift")) == 5


def test_songs_of_a_tracklist_are_looked_up_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    found = a_reference_list(("Nova", "Tides"))
    names = [song_name("Nova", "TIDES"), song_name("Nova", "Ebb"), ""]
    with django_assert_num_queries(1):
        assert songs_done(names) == {names[0]: found.name}


def test_producer_is_warned_while_typing(client: Client, owner: User) -> None:
    a_reference_list(("Nova", "Tides"))
    client.force_login(owner)
    page = client.get(PAGE, {"artist": "Nova", "title": "Tides"}).content.decode()
    assert "done already" in page
    assert "Official songs" in page
    for typed in (
        {"artist": "Nova", "title": "Ti"},
        {"title": "Tides"},
        {},
        {"title": "x" * 151, "artist": "y"},
    ):
        response = client.get(PAGE, typed)
        assert (response.status_code, response.content.strip()) == (200, b""), typed


def test_link_of_a_public_project_leads_to_it(client: Client, owner: User) -> None:
    project = a_public_project(owner)
    client.force_login(make_producer())
    page = client.get(PAGE, {"artist": "Nova", "title": "Night Shift"}).content.decode()
    assert reverse("studio:project", args=[project.code]) in page


def test_producer_is_told_after_sending(client: Client, owner: User, rf: Any) -> None:
    a_reference_list(("Nova", "Tides"))
    request: HttpRequest = client.get("/studio/").wsgi_request
    warn_if_done(request, a_project(owner, title="Ebb", artist="Nova"))
    assert [str(each) for each in get_messages(request)] == []
    warn_if_done(request, a_project(owner, title="Tide", artist="Nova"))
    assert [str(each) for each in get_messages(request)] == [
        "“Tides” by Nova, a similar song, is in Official songs."
    ]


def test_producer_is_warned_when_a_project_is_begun_and_renamed(client: Client, owner: User) -> None:
    a_reference_list(("Nova", "Tides"), ("Nova", "Ebb"))
    client.force_login(owner)
    assert 'id="similar-songs"' in client.get("/studio/new/").content.decode()
    begun = {"key": str(uuid4()), "title": "Tides", "artist": "Nova", "visibility": "private"}
    page = client.post("/studio/new/", begun, follow=True)
    assert "“Tides” by Nova is already in Official songs." in page.content.decode()
    edit = reverse("studio:project-edit", args=[Project.objects.get().code])
    assert 'id="similar-songs"' in client.get(edit).content.decode()
    page = client.post(edit, {**begun, "key": str(uuid4()), "title": "Ebb"}, follow=True)
    assert "“Ebb” by Nova is already in Official songs." in page.content.decode()
    page = client.post(edit, {**begun, "key": str(uuid4()), "title": "Ebb", "notes": "Louder"}, follow=True)
    assert "already" not in page.content.decode()


def test_sentence_counts_the_others() -> None:
    match = Match("Nova", "Tides", is_exact=True, reference_list="Official songs")
    assert (
        sentence_of([match, match, match]) == "“Tides” by Nova is already in Official songs. 2 more like it."
    )
