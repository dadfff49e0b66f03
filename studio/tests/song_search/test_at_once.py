"""New projects filled in by themselves, by a real worker and local sources."""

from collections.abc import Callable, Iterator

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from sources.testing.faults import hangs_up, status
from sources.testing.musicbrainz import LocalMusicBrainz
from sources.testing.spotify import LocalSpotify
from sources.testing.switches import asked_locally
from studio.choices import Act
from studio.models import Project, StudioEvent
from studio.song_search.at_once import set_fills_songs
from studio.tests.builders import a_project, act
from trackflow.testing.clients import client_of

Run = Callable[[], None]


@pytest.fixture
def owner(committed_db: str, no_gaps: None) -> User:
    owner = make_producer()
    set_fills_songs(owner, True)
    return owner


@pytest.fixture
def musicbrainz(owner: User) -> Iterator[LocalMusicBrainz]:
    with asked_locally(LocalMusicBrainz()) as source:
        yield source


def facts(project: Project) -> tuple[str, str, int | None]:
    row = Project.objects.get(pk=project.pk)
    return row.title, row.album, row.year


def test_new_project_is_filled_in(owner: User, musicbrainz: LocalMusicBrainz, run_jobs: Run) -> None:
    project = a_project(owner, title="night 1", artist="Nova feat. Ola")
    other = a_project(owner, title="Night", artist="Nova")  # not exactly
    nobody = a_project(owner, title="Night 1")
    run_jobs()
    assert facts(project) == ("night 1", "All Nights", 2023)
    assert (facts(other), facts(nobody)) == (("Night", "", None), ("Night 1", "", None))
    event = StudioEvent.objects.get(act=Act.EDIT)
    assert (event.project, event.actor, event.details) == (project, owner, {"fields": ["album", "year"]})


def test_what_was_typed_stays(owner: User, musicbrainz: LocalMusicBrainz, run_jobs: Run) -> None:
    project = a_project(owner, title="Night 1", artist="Nova", album="Mine")
    run_jobs()
    assert facts(project) == ("Night 1", "Mine", 2023)


def test_project_in_the_bin_is_left_alone(owner: User, musicbrainz: LocalMusicBrainz, run_jobs: Run) -> None:
    project = a_project(owner, title="Night 1", artist="Nova")
    act(project, Act.DISCARD, owner)
    run_jobs()
    assert facts(project) == ("Night 1", "", None)
    assert musicbrainz.asked == []


def test_who_does_not_want_it_is_asked_about_nowhere(
    owner: User, musicbrainz: LocalMusicBrainz, run_jobs: Run
) -> None:
    set_fills_songs(owner, False)
    a_project(owner, title="Night 1", artist="Nova")
    run_jobs()
    assert musicbrainz.asked == []


@pytest.mark.parametrize("fault", [hangs_up, status(403)], ids=["hangs up", "403"])
def test_other_source_is_asked_where_one_fails(
    owner: User, musicbrainz: LocalMusicBrainz, run_jobs: Run, fault: Callable[..., None]
) -> None:
    with asked_locally(LocalSpotify()) as spotify:
        spotify.fail(*[fault] * 9)
        project = a_project(owner, title="Night 1", artist="Nova")
        run_jobs()
    assert facts(project) == ("Night 1", "All Nights", 2023)


def test_sources_that_are_off_hinder_no_project(owner: User, run_jobs: Run) -> None:
    project = a_project(owner, title="Night 1", artist="Nova")
    run_jobs()
    assert facts(project) == ("Night 1", "", None)


def test_owner_sets_it_on_the_search_page(owner: User, musicbrainz: LocalMusicBrainz) -> None:
    set_fills_songs(owner, False)
    path, client = f"/studio/{a_project(owner).code}/look-up/", client_of(owner)
    for sent, is_on in ({"fills_songs": "on"}, True), ({}, False):
        assert client.post(f"{path}at-once/", sent)["Location"] == path
        assert client.get(path).context["at_once_form"].initial == {"fills_songs": is_on}
