"""Albums found at local sources, previewed and imported, while the sources answer and while they fail."""

from collections.abc import Callable
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Picture, User
from catalog.tests.builders import make_producer
from kit.rates import changed
from sources import spotify as ask_spotify
from sources.models import Answer
from sources.testing import faults
from sources.testing.faults import status
from sources.testing.musicbrainz import RELEASE, LocalMusicBrainz, recording_id, release_row
from sources.testing.pictures import LocalCovers
from sources.testing.server import Fault, LocalSource
from sources.testing.spotify import ALBUM, ARTIST, LocalSpotify, track_id
from studio.choices import Act
from studio.models import Entry, Pack, Project, StudioEvent
from studio.tests.builders import a_pack
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
PATH = "/studio/import/album/"
ON_SPOTIFY, ON_MUSICBRAINZ = f"spotify:album:{ALBUM}", f"musicbrainz:album:{RELEASE}"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def sent(client: Client, path: str = PATH, **data: Any) -> Any:
    return client.post(path, {"album": "All Nights", "by": "Nova", "source": "spotify", **data})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def imported(client: Client, name: str, path: str = PATH, **data: Any) -> Any:
    """Show an album's songs and import what the page selected, as a browser does."""
    source = name.split(":")[0]
    page = sent(client, path, source=source, show=name).context
    form = page["preview"].form
    shown = {"shown": str(page["found"]), "stamp": page["preview"].choice.stamp, "key": uuid4()}
    place = {field.name: field.value() for field in form if field.name != "key"}
    picks = [line.number for line in page["preview"].choice.picked]
    return sent(client, path, **{"source": source, "do": "import", **shown, **place, "pick": picks, **data})


@pytest.mark.parametrize("source", ["spotify", "musicbrainz"])
def test_owner_finds_an_album(
    client: Client, spotify: LocalSpotify, musicbrainz: LocalMusicBrainz, source: str
) -> None:
    answer = sent(client, do="search", source=source)
    assert answer.status_code == 200
    assert "1 album found" in words(answer)
    assert "24 songs" in words(answer)
    name = {"spotify": ON_SPOTIFY, "musicbrainz": ON_MUSICBRAINZ}[source]
    assert f'name="show" value="{name}"' in words(answer)


@pytest.mark.parametrize("name", [ON_SPOTIFY, ON_MUSICBRAINZ], ids=["spotify", "musicbrainz"])
def test_owner_imports_an_album(
    client: Client, spotify: LocalSpotify, musicbrainz: LocalMusicBrainz, name: str
) -> None:
    answer = imported(client, name, pick=[1, 3])
    pack = Pack.objects.get()
    assert answer["Location"] == f"/studio/{pack.code}/"
    assert (pack.kind, pack.title, pack.artist) == ("album", "All Nights", "Nova")
    assert list(Project.objects.order_by("position").values_list("title", "album", "year")) == [
        ("Night 1 (Extended Mix)", "All Nights", 2024),
        ("Night 3 (Extended Mix)", "All Nights", 2024),
    ]


def test_owner_imports_a_series_as_lines_to_be_worked_through(client: Client, spotify: LocalSpotify) -> None:
    assert imported(client, ON_SPOTIFY, kind="series", made_as="entries").status_code == 303
    assert Entry.objects.count() == 24
    assert Entry.objects.get(number=24).title == "Night 24 (Extended Mix)"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"https://open.spotify.com/album/{ALBUM}?si=x", 24),
        (f"spotify:track:{track_id(2)}", 1),
        (f"https://musicbrainz.org/release/{RELEASE}", 24),
        (f"musicbrainz.org/recording/{recording_id(2)}", 1),
    ],
    ids=["album", "track", "release", "recording"],
)
def test_pasted_address_shows_its_songs(
    client: Client, spotify: LocalSpotify, musicbrainz: LocalMusicBrainz, text: str, count: int
) -> None:
    answer = sent(client, do="search", album=text)
    assert answer.status_code == 200
    assert len(answer.context["preview"].choice.usable) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"https://open.spotify.com/artist/{ARTIST}", "Paste the link to an album or a track."),
        ("https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M", "Paste the link to an album"),
        (f"https://musicbrainz.org/release-group/{RELEASE}", "is for all editions of an album"),
        ("https://example.com/album", "Paste a Spotify or MusicBrainz link."),
        (f"https://open.spotify.com/album/{'0' * 22}", "Spotify knows nothing that matches."),
        ("", "Type the title of an album"),
    ],
    ids=["artist", "playlist", "group", "elsewhere", "unknown", "empty"],
)
def test_address_that_leads_to_no_album_is_refused_beside_its_field(
    client: Client, spotify: LocalSpotify, text: str, said: str
) -> None:
    answer = sent(client, do="search", album=text)
    assert answer.status_code == 422
    assert said in words(answer)
    assert text in words(answer)


def test_address_of_a_source_that_is_off_is_told(client: Client, spotify: LocalSpotify) -> None:
    answer = sent(client, do="search", album=f"https://musicbrainz.org/release/{RELEASE}")
    assert answer.status_code == 422
    assert "MusicBrainz is switched off here." in words(answer)


def test_search_without_hits_says_what_to_try(client: Client, spotify: LocalSpotify) -> None:
    spotify.fail(
        lambda visit: visit.send(spotify.reply(spotify.asked[-1])), faults.says({"albums": {"items": []}})
    )
    answer = sent(client, do="search")
    assert answer.status_code == 200
    assert "Nothing found" in words(answer)


FAILURES: dict[str, tuple[Fault, str]] = {
    "401": (status(401), "Spotify refused our key."),
    "429": (status(429, Retry_After="7"), "Spotify takes no more questions for now. Try again in"),
    "503": (status(503), "Spotify takes no more questions for now."),
    "500": (status(500), "Spotify cannot be reached."),
    "slow": (faults.drips, "Spotify cannot be reached."),
    "cut off": (faults.cut_off, "Spotify cannot be reached."),
    "hangs up": (faults.hangs_up, "Spotify cannot be reached."),
    "nonsense": (faults.says(b"{}"), "Spotify gave an answer that we cannot read."),
    "wrong JSON": (faults.says(b'{"albums": '), "Spotify gave an answer that we cannot read."),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_source_that_fails_is_told_and_what_was_typed_stays(
    client: Client, spotify: LocalSpotify, failure: str
) -> None:
    ask_spotify.track(track_id(1))  # it has a token
    fault, said = FAILURES[failure]
    spotify.fail(*[fault] * 4)
    began = monotonic()
    answer = sent(client, do="search", album="All “Nights”")
    assert monotonic() - began < 6
    assert answer.status_code == 409
    assert said in words(answer)
    assert 'value="All “Nights”"' in words(answer)
    assert "Try again</button>" in words(answer)


def test_source_that_fails_at_the_import_keeps_what_was_chosen(client: Client, spotify: LocalSpotify) -> None:
    page = sent(client, show=ON_SPOTIFY).context
    Answer.objects.all().delete()
    spotify.fail(faults.hangs_up)
    chosen: dict[str, Any] = {"shown": ON_SPOTIFY, "stamp": page["preview"].choice.stamp, "pick": [2, 5]}
    place: dict[str, Any] = {"kind": "ep", "title": "Mine", "made_as": "projects", "key": uuid4()}
    answer = sent(client, do="import", **chosen, **place)
    assert answer.status_code == 409
    again: list[tuple[str, str]] = answer.context["again"]
    data: dict[str, list[str]] = {}
    for name, value in again:
        data.setdefault(name, []).append(value)
    assert client.post(PATH, data).status_code == 303
    assert list(Project.objects.order_by("position").values_list("title", flat=True)) == [
        "Night 2 (Extended Mix)",
        "Night 5 (Extended Mix)",
    ]
    assert Pack.objects.get().title == "Mine"


def test_import_asks_a_source_no_second_time(client: Client, spotify: LocalSpotify) -> None:
    imported(client, ON_SPOTIFY)
    assert len([each for each in spotify.asked if each.path.startswith("/v1/albums")]) == 1
    assert Project.objects.count() == 24


def test_new_pack_gets_the_cover(
    client: Client, spotify: LocalSpotify, covers: LocalCovers, monkeypatch: pytest.MonkeyPatch
) -> None:
    _show_covers_at(spotify, covers.url("/front"))
    imported(client, ON_SPOTIFY)
    pack = Pack.objects.get()
    assert pack.cover
    assert list(Picture.objects.all()) == [pack.cover]
    assert StudioEvent.objects.filter(act=Act.SET_COVER, pack=pack).count() == 1


@pytest.mark.parametrize(
    "fault", [faults.hangs_up, status(404), faults.says(b"no picture")], ids=["up", "404", "text"]
)
def test_cover_that_cannot_be_had_hinders_nothing(
    client: Client, spotify: LocalSpotify, covers: LocalCovers, fault: Fault
) -> None:
    _show_covers_at(spotify, covers.url("/front"))
    covers.fail(fault)
    answer = imported(client, ON_SPOTIFY)
    page = words(client.get(answer["Location"]))
    assert "Imported 24 projects." in page
    assert "The cover could not be added: The picture" in page
    assert Project.objects.count() == 24
    assert not Picture.objects.exists()


def test_pack_that_is_there_keeps_its_cover_and_names(
    client: Client, owner: User, spotify: LocalSpotify, covers: LocalCovers
) -> None:
    _show_covers_at(spotify, covers.url("/front"))
    pack = a_pack(owner)
    path = f"/studio/{pack.code}/import/album/"
    assert imported(client, ON_SPOTIFY, path).status_code == 303
    pack = Pack.objects.get()
    assert (pack.title, pack.cover, pack.projects.count()) == ("Harbour", None, 24)
    assert covers.asked == []


def test_long_names_are_cut_to_their_fields(client: Client, musicbrainz: LocalMusicBrainz) -> None:
    track = {"title": "x" * 300, "recording": {"id": recording_id(1), "title": "x"}}
    row = release_row(title="y" * 300, media=[{"tracks": [track]}])
    musicbrainz.fail(faults.says(row))
    assert imported(client, ON_MUSICBRAINZ).status_code == 303
    project = Project.objects.get()
    assert (len(project.title), len(project.album), len(Pack.objects.get().title)) == (150, 150, 150)


def test_nothing_is_there_while_sources_are_off(client: Client, owner: User) -> None:
    for path in (PATH, f"/studio/{a_pack(owner).code}/import/album/"):
        assert client.get(path).status_code == 404
        assert sent(client, path, do="search").status_code == 404


def test_one_source_alone_is_offered(client: Client, musicbrainz: LocalMusicBrainz) -> None:
    page = words(client.get(PATH))
    assert 'value="musicbrainz"' in page
    assert 'value="spotify"' not in page
    assert sent(client, do="search", source="spotify").status_code == 422


def test_importing_counts_as_a_search(client: Client, spotify: LocalSpotify, settings: Settings) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_song=1/h/user")
    assert sent(client, do="import").status_code != 429
    assert sent(client, do="import").status_code == 429


def test_too_many_searches_are_refused(client: Client, spotify: LocalSpotify, settings: Settings) -> None:
    settings.LIMITS = changed(settings.LIMITS, "look_up_song=1/h/user")
    assert sent(client, do="search").status_code == 200
    assert sent(client, do="search").status_code == 429


def _show_covers_at(source: LocalSource, url: str) -> None:
    """Let Spotify's albums name a picture at this address."""
    real: Callable[[Any], Any] = source.reply

    def reply(asked: Any) -> Any:
        found = real(asked)
        if asked.path.endswith(ALBUM):
            found.content["images"] = [{"url": url, "width": 300, "height": 300}]
        return found

    source.reply = reply  # type: ignore[method-assign]  # of this server alone
