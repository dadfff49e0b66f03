"""Public projects are found by what they are called now, wherever they were renamed."""

from collections.abc import Callable

import pytest

from accounts.anonymisation import anonymise
from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from catalog.tests.posting import post_track
from studio.choices import Act, State, Visibility
from studio.models import Project, PublicSong
from studio.similar_songs.lookup import similar_songs
from studio.similar_songs.public_songs import follow_names
from studio.tests.builders import a_project, act, track_forms
from trackflow.testing.clients import client_of

Run = Callable[[], None]


@pytest.fixture
def owner(committed_db: str) -> User:
    return make_producer(artist_name="Nova")


@pytest.fixture
def track(owner: User) -> Track:
    """A track that a public project makes."""
    track = make_track(owner, title="Tides")
    project = a_public_project(owner)
    act(project, Act.LINK_TRACK, owner, track=track)
    return track


def a_public_project(owner: User) -> Project:
    project = a_project(owner, artist="")
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project


def found(artist: str, title: str) -> list[str]:
    return [match.title for match in similar_songs(artist, title)]


def test_producer_renames_a_track_and_its_project_is_found(owner: User, track: Track, run_jobs: Run) -> None:
    assert found("Nova", "Tides") == ["Tides"]
    assert post_track(client_of(owner), track, title="Harbour Lights").status_code in (302, 303)
    run_jobs()
    assert found("Nova", "Harbour Lights") == ["Harbour Lights"]
    assert found("Nova", "Tides") == []
    assert [song.name.split("\n")[1] for song in PublicSong.objects.all()] == ["harbour lights"]


def test_producer_renames_a_mix_and_its_project_is_found(owner: User, track: Track, run_jobs: Run) -> None:
    post_track(client_of(owner), track, title="Tides", mix="Vera Remix")
    run_jobs()
    assert found("Nova", "Tides (Vera Remix)") == ["Tides (Vera Remix)"]
    assert found("Nova", "Tides") == []


def test_producer_renames_the_artist_and_all_projects_are_found(
    owner: User, track: Track, run_jobs: Run
) -> None:
    a_public_project(owner)
    named = {"artist_name": "Low Water", "contact_email": owner.email}
    assert client_of(owner).post("/profile/", named).status_code in (302, 303)
    run_jobs()
    assert found("Low Water", "Tides") == ["Tides"]
    assert found("Low Water", "Night Shift") == ["Night Shift"]
    assert found("Nova", "Tides") == []


def test_project_that_becomes_a_demo_is_found_by_the_tracks_title(owner: User) -> None:
    project = a_public_project(owner)
    act(project, Act.SET_STATE, owner, state=State.FINISHED)
    act(project, Act.MAKE_DEMO, owner, forms=track_forms(owner, title="Harbour Lights"))
    assert found("Nova", "Harbour Lights") == ["Harbour Lights"]


def test_rename_adds_no_private_project_and_none_of_a_closed_account(
    owner: User, track: Track, run_jobs: Run
) -> None:
    hidden = a_project(owner, artist="Nova", title="Secret")
    follow_names(owner.pk)
    assert not PublicSong.objects.filter(project=hidden).exists()
    User.objects.filter(pk=owner.pk).update(is_active=False)
    anonymise(owner)
    run_jobs()
    follow_names(owner.pk)
    assert not PublicSong.objects.exists()
