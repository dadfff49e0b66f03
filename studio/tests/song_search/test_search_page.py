"""A project's song looked up at local sources, and the project filled in."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Picture, User
from catalog.models import Profile
from catalog.tests.builders import make_producer, make_track
from kit.rates import changed
from sources.models import Answer
from sources.testing import faults
from sources.testing.faults import status
from sources.testing.musicbrainz import LocalMusicBrainz
from sources.testing.pictures import LocalCovers
from sources.testing.server import Fault
from sources.testing.spotify import LocalSpotify, track_id
from studio.choices import Act, Level
from studio.models import Project, StudioEvent
from studio.tests.builders import a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner, title="Night 1", artist="Nova")


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def sent(client: Client, project: Project, do: str = "search", **data: Any) -> Any:
    query = {"title": "Night 1", "artist": "Nova", "source": "spotify"}
    return client.post(f"/studio/{project.code}/look-up/", {**query, "do": do, **data})


def filled(client: Client, project: Project, *take: str, **data: Any) -> Any:
    """Search, and fill in these fields of the first song, by itself those that the page selected."""
    page = sent(client, project, **data).context
    row = page["rows"][0]
    names = take or [each.name for each in row["offers"] if each.is_empty]
    said = {"stamp": page["stamp"], "song": str(row["name"]), "key": row["key"], "take": names}
    return sent(client, project, "fill", **{**said, **data})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def fresh(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.mark.parametrize("source", ["spotify", "musicbrainz"])
def test_owner_fills_in_what_is_empty(
    client: Client, project: Project, spotify: LocalSpotify, musicbrainz: LocalMusicBrainz, source: str
) -> None:
    page = words(client.get(f"/studio/{project.code}/look-up/"))
    assert 'value="Night 1"' in page
    answer = filled(client, project, "album", "year", source=source)
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/{project.code}/")
    after = fresh(project)
    year = {"spotify": 2024, "musicbrainz": 2023}[source]
    assert (after.title, after.artist, after.album, after.year) == ("Night 1", "Nova", "All Nights", year)
    assert "Filled in: album, year." in words(client.get(answer["Location"]))


def test_project_page_leads_there_for_who_may_edit(
    client: Client, project: Project, owner: User, musicbrainz: LocalMusicBrainz
) -> None:
    viewer = make_producer()
    act(project, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    path = f"/studio/{project.code}/"
    assert f'href="{path}look-up/"' in words(client.get(path))
    assert f'href="{path}look-up/"' not in words(client_of(viewer).get(path))


def test_fields_that_are_filled_are_replaced_only_when_selected(
    client: Client, project: Project, spotify: LocalSpotify, owner: User
) -> None:
    act(project, Act.EDIT, owner, album="Mine")
    offers = {each.name: each for each in sent(client, project).context["rows"][0]["offers"]}
    assert {name: each.is_empty for name, each in offers.items()} == {
        "title": False,
        "artist": False,
        "album": False,
        "year": True,
        "cover": True,
    }
    filled(client, project, "year")
    assert (fresh(project).album, fresh(project).year) == ("Mine", 2024)
    filled(client, project, "album", "title")
    assert (fresh(project).album, fresh(project).title) == ("All Nights", "Night 1 (Extended Mix)")


def test_cover_is_fetched(
    client: Client, project: Project, spotify: LocalSpotify, covers: LocalCovers
) -> None:
    _name_cover(spotify, covers.url("/front"))
    filled(client, project, "cover")
    assert fresh(project).cover == Picture.objects.get()


@pytest.mark.parametrize("fault", [faults.hangs_up, status(404)], ids=["hangs up", "404"])
def test_cover_that_cannot_be_had_is_told_and_the_rest_filled_in(
    client: Client, project: Project, spotify: LocalSpotify, covers: LocalCovers, fault: Fault
) -> None:
    _name_cover(spotify, covers.url("/front"))
    covers.fail(fault)
    answer = filled(client, project, "cover", "album")
    page = words(client.get(answer["Location"]))
    assert "The cover could not be added: The picture" in page
    assert "Filled in: album." in page
    assert (fresh(project).album, fresh(project).cover) == ("All Nights", None)


def test_same_form_twice_fills_in_once(client: Client, project: Project, spotify: LocalSpotify) -> None:
    page = sent(client, project).context
    said = {"stamp": page["stamp"], "song": f"spotify:track:{track_id(1)}", "key": uuid4(), "take": ["album"]}
    for _ in range(2):
        assert sent(client, project, "fill", **said).status_code == 303
    assert StudioEvent.objects.filter(act=Act.EDIT).count() == 1


def test_project_that_changed_meanwhile_is_shown_again(
    client: Client, project: Project, spotify: LocalSpotify, owner: User
) -> None:
    page = sent(client, project).context
    act(project, Act.EDIT, owner, album="Mine")
    said = {"stamp": page["stamp"], "song": f"spotify:track:{track_id(1)}", "key": uuid4(), "take": ["album"]}
    answer = sent(client, project, "fill", **said)
    assert answer.status_code == 409
    assert "Somebody changed this project meanwhile." in words(answer)
    assert "replaces Mine" in words(answer)
    assert fresh(project).album == "Mine"


def test_nothing_selected_and_unknown_songs_are_told(
    client: Client, project: Project, spotify: LocalSpotify
) -> None:
    page = sent(client, project).context
    said = {"stamp": page["stamp"], "song": f"spotify:track:{track_id(1)}", "key": uuid4()}
    assert "Select what to fill in." in words(sent(client, project, "fill", **said))
    answer = sent(client, project, "fill", **{**said, "song": "spotify:track:x", "take": ["album"]})
    assert answer.status_code == 409
    assert "This song is no longer among the results." in words(answer)


def test_track_keeps_its_names_and_takes_the_isrc(
    client: Client, project: Project, spotify: LocalSpotify, owner: User
) -> None:
    track = make_track(owner, title="Night 1", isrc="")
    act(project, Act.LINK_TRACK, owner, track=track)
    artist = Profile.objects.get(user=owner).artist_name
    assert f'value="{artist}"' in words(client.get(f"/studio/{project.code}/look-up/"))
    names = [each.name for each in sent(client, project).context["rows"][0]["offers"]]
    assert names == ["album", "year", "isrc", "cover"]
    filled(client, project, "isrc", "year")
    track.refresh_from_db()
    assert (track.isrc, track.title, fresh(project).year) == ("GBABC2400001", "Night 1", 2024)


def test_editor_does_not_change_the_owners_track(
    project: Project, spotify: LocalSpotify, owner: User
) -> None:
    track = make_track(owner, title="Night 1", isrc="")
    act(project, Act.LINK_TRACK, owner, track=track)
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    filled(client_of(editor), project, "isrc", "year")
    track.refresh_from_db()
    assert (track.isrc, fresh(project).year) == ("", 2024)


FAILURES: dict[str, tuple[Fault, str]] = {
    "401": (status(401), "MusicBrainz refused our key."),
    "429": (status(429, Retry_After="7"), "MusicBrainz takes no more questions for now. Try again in"),
    "503": (status(503), "MusicBrainz takes no more questions for now."),
    "slow": (faults.drips, "MusicBrainz cannot be reached."),
    "cut off": (faults.cut_off, "MusicBrainz cannot be reached."),
    "wrong JSON": (faults.says(b"[]"), "MusicBrainz gave an answer that we cannot read."),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_source_that_fails_is_told_and_what_was_typed_stays(
    client: Client, project: Project, musicbrainz: LocalMusicBrainz, failure: str
) -> None:
    fault, said = FAILURES[failure]
    musicbrainz.fail(fault)
    answer = sent(client, project, source="musicbrainz", title="Nïght")
    assert answer.status_code == 409
    assert said in words(answer)
    assert 'value="Nïght"' in words(answer)


def test_search_without_hits_says_so(client: Client, project: Project, musicbrainz: LocalMusicBrainz) -> None:
    musicbrainz.songs = 0
    answer = sent(client, project, source="musicbrainz")
    assert answer.status_code == 200
    assert "Nothing found" in words(answer)
    answer = sent(client, project, source="musicbrainz", title=" ")
    assert answer.status_code == 422
    assert "Type the title of the song." in words(answer)


def test_filling_in_asks_no_second_time(
    client: Client, project: Project, musicbrainz: LocalMusicBrainz
) -> None:
    filled(client, project, "album", source="musicbrainz")
    assert len(musicbrainz.asked) == 1
    assert Answer.objects.count() == 1


def test_who_may_not_edit_may_not_look_up(project: Project, owner: User, spotify: LocalSpotify) -> None:
    viewer = make_producer()
    act(project, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    for who, status_code in ((viewer, 403), (make_producer(), 404)):
        client = client_of(who)
        assert client.get(f"/studio/{project.code}/look-up/").status_code == status_code
        assert sent(client, project).status_code == status_code
        assert sent(client, project, "fill", song="x", take=["album"]).status_code == status_code


def test_page_is_not_there_while_sources_are_off(client: Client, project: Project) -> None:
    assert client.get(f"/studio/{project.code}/look-up/").status_code == 404
    assert "look-up" not in words(client.get(f"/studio/{project.code}/"))
    assert sent(client, project).status_code == 404


def test_filling_in_counts_as_a_search(
    client: Client, project: Project, musicbrainz: LocalMusicBrainz, settings: Settings
) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_song=2/h/user")
    said = {"source": "musicbrainz", "song": "x", "take": ["album"]}
    assert [sent(client, project, "fill", **said).status_code for _ in range(3)] == [422, 422, 429]


def test_too_many_searches_are_refused(
    client: Client, project: Project, musicbrainz: LocalMusicBrainz, settings: Settings
) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_song=1/h/user")
    assert sent(client, project, source="musicbrainz").status_code == 200
    assert sent(client, project, source="musicbrainz").status_code == 429


def _name_cover(spotify: LocalSpotify, url: str) -> None:
    """Let Spotify's tracks name a picture at this address."""
    real = spotify.reply

    def reply(asked: Any) -> Any:
        found = real(asked)
        if asked.path == "/v1/search":
            for track in found.content["tracks"]["items"]:
                track["album"]["images"] = [{"url": url, "width": 300, "height": 300}]
        return found

    spotify.reply = reply  # type: ignore[method-assign]  # of this server alone
