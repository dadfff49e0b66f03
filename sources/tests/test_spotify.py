"""Spotify, spoken with over a real connection to a local server."""

from datetime import timedelta
from time import perf_counter

import pytest

from kit.clock import at, now
from sources import spotify as ask
from sources import turns
from sources.choices import Source
from sources.errors import IsOff, KeyRefused, NotFound
from sources.models import Answer, Throttle
from sources.testing.faults import status
from sources.testing.spotify import ALBUM, ARTIST, LocalSpotify, track_id


def paths(spotify: LocalSpotify) -> list[str]:
    return [each.path.removeprefix("/v1/") for each in spotify.asked]


def test_track_is_read(spotify: LocalSpotify) -> None:
    song = ask.track(f"https://open.spotify.com/intl-de/track/{track_id(1)}?si=x")
    assert (song.title, song.mix, song.artist) == ("Night 1", "Extended Mix", "Nova, Ola")
    assert (song.album, song.year, song.disc, song.position) == ("All Nights", 2024, 1, 1)
    assert (song.isrc, song.length_ms, song.spotify_id) == ("GBABC2400001", 360_001, track_id(1))
    assert song.cover_url == "https://i.scdn.co/image/300"


def test_artist_is_read(spotify: LocalSpotify) -> None:
    found = ask.artist(f"spotify:artist:{ARTIST}")
    assert (found.name, found.genres) == ("Nova", ("melodic techno",))


def test_album_is_read_page_by_page(spotify: LocalSpotify) -> None:
    spotify.songs = 120
    album = ask.album(ALBUM)
    assert [song.position for song in album.songs] == [*range(1, 121)]
    assert {song.album for song in album.songs} == {"All Nights"}
    assert album.songs[-1].isrc == "GBABC2400120"
    assert (album.label, album.barcode, album.count) == ("Sundown", "5012345678900", 120)
    assert paths(spotify) == [
        "/api/token",
        f"albums/{ALBUM}",
        *[f"albums/{ALBUM}/tracks"] * 2,
        *["tracks"] * 3,
    ]


def test_album_of_24_songs_takes_three_requests_and_little_time(spotify: LocalSpotify) -> None:
    began = perf_counter()
    assert len(ask.album(ALBUM).songs) == 24
    assert perf_counter() - began < 1
    assert paths(spotify) == ["/api/token", f"albums/{ALBUM}", "tracks"]


def test_album_is_read_though_tracks_are_refused(spotify: LocalSpotify) -> None:
    ask.track(track_id(1))
    spotify.fail(lambda visit: visit.send(spotify.reply(spotify.asked[-1])), status(403), status(403))
    album = ask.album(ALBUM)
    assert {song.isrc for song in album.songs} == {""}


def test_searches_find_songs_and_albums(spotify: LocalSpotify) -> None:
    assert [song.spotify_id for song in ask.search_tracks("Night", 'No"va')] == [*map(track_id, (1, 2, 3))]
    assert [album.spotify_id for album in ask.search_albums("All Nights")] == [ALBUM]
    assert ask.tracks_by_isrc("GBABC2400001")[0].isrc == "GBABC2400001"
    queries = [each.params["q"] for each in spotify.asked if each.params]
    assert queries == ['track:"Night" artist:"Nova"', 'album:"All Nights"', "isrc:GBABC2400001"]


def test_one_token_serves_many_questions(spotify: LocalSpotify) -> None:
    for number in (1, 2, 3):
        ask.track(track_id(number))
    assert spotify.given == 1


def test_expired_token_is_replaced_once(spotify: LocalSpotify) -> None:
    ask.track(track_id(1))
    spotify.expire_tokens()
    assert ask.track(track_id(2)).title == "Night 2"
    assert spotify.given == 2
    assert Throttle.objects.get(source="spotify").failures == 0


def test_key_that_is_refused_again_and_again_is_told(spotify: LocalSpotify) -> None:
    spotify.fail(*[status(401)] * 9)
    spotify.secret = "another"
    with pytest.raises(KeyRefused, match=r"Spotify refused our key\. Whoever runs"):
        ask.track(track_id(1))
    assert paths(spotify) == ["/api/token"]


def test_token_refused_after_refresh_is_told(spotify: LocalSpotify) -> None:
    ask.track(track_id(1))
    spotify.expire_tokens()
    real = spotify.reply

    def forgetful(asked: object) -> object:
        answer = real(asked)  # type: ignore[arg-type]  # of the server
        spotify.expire_tokens()
        return answer

    spotify.reply = forgetful  # type: ignore[method-assign, assignment]  # refuses each token it gives
    with pytest.raises(KeyRefused):
        ask.track(track_id(2))
    assert paths(spotify)[2:] == [f"tracks/{track_id(2)}", "/api/token", f"tracks/{track_id(2)}"]


def test_one_question_after_a_rest_is_enough(spotify: LocalSpotify) -> None:
    for _ in range(5):
        turns.note_failure(Source.SPOTIFY, "No answer")
    with at(now() + timedelta(minutes=11)):
        assert ask.track(track_id(1)).title == "Night 1"  # for which a token is needed first


def test_known_track_asks_nobody_not_even_for_a_token(spotify: LocalSpotify) -> None:
    ask.track(track_id(1))
    spotify.asked.clear()
    spotify.expire_tokens()
    assert ask.track(track_id(1)).title == "Night 1"
    assert spotify.asked == []


def test_links_name_what_they_lead_to() -> None:
    assert ask.link_in(f"look: https://open.spotify.com/album/{ALBUM}?si=1") == ("album", ALBUM)
    assert ask.link_in("https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M") is None
    for name in ("", "x", "../me", f"{ALBUM}/x"):
        with pytest.raises((NotFound, IsOff)):
            ask.track(name)


def test_nothing_kept_holds_a_secret(spotify: LocalSpotify) -> None:
    ask.album(ALBUM)
    kept = f"{list(Answer.objects.values())}{list(Throttle.objects.values())}"
    assert "qzx" not in kept
    assert "Night" in kept
