"""MusicBrainz, spoken with over a real connection to a local server."""

import pytest

from sources import musicbrainz as ask
from sources.errors import IsOff, NotFound
from sources.facts import Song
from sources.testing.musicbrainz import RELEASE, LocalMusicBrainz, recording_id

COVER = f"https://coverartarchive.org/release/{RELEASE}/front-500"
SONG = Song(
    title="Night 1",
    artist="Nova feat. Ola",
    mix="Extended Mix",
    album="All Nights",
    year=2023,
    isrc="GBABC2400001",
    length_ms=360_001,
    mbid=recording_id(1),
    cover_url=COVER,
)


def test_recording_is_read(musicbrainz: LocalMusicBrainz) -> None:
    assert ask.recording(recording_id(1)) == SONG
    assert ask.recording(f"https://musicbrainz.org/recording/{recording_id(1).upper()}") == SONG
    (asked,) = musicbrainz.asked  # and then it is known
    assert asked.headers["User-Agent"].startswith("Trackflow/1 (http")
    assert "@" in asked.headers["User-Agent"]


def test_recordings_are_found_by_isrc(musicbrainz: LocalMusicBrainz) -> None:
    (song,) = ask.recordings_by_isrc("gb-abc-24-00001")
    assert song == SONG


def test_recordings_are_searched_the_best_first(musicbrainz: LocalMusicBrainz) -> None:
    found = ask.search_recordings('Night "1"', "Nova")
    assert [song.score for song in found[:2]] == [1.0, 0.99]
    assert musicbrainz.asked[0].params["query"] == 'recording:"Night \\"1\\"" AND artist:"Nova"'


def test_release_is_read_with_its_songs(musicbrainz: LocalMusicBrainz) -> None:
    album = ask.release(RELEASE)
    assert (album.title, album.artist, album.year, album.label) == ("All Nights", "Nova", 2024, "Sundown")
    assert (album.barcode, album.count, album.cover_url) == ("5012345678900", 24, COVER)
    last = album.songs[-1]
    assert (last.disc, last.position, last.title, last.mix) == (1, 24, "Night 24", "Extended Mix")
    assert (last.isrc, last.length_ms, last.year) == ("GBABC2400024", 360_024, 2024)


def test_releases_are_searched(musicbrainz: LocalMusicBrainz) -> None:
    (album,) = ask.search_releases("All Nights")
    assert (album.mbid, album.count, album.songs) == (RELEASE, 24, ())


@pytest.mark.parametrize("name", ["", "x", "00000000-0000-4000-8000-00000000000g"])
def test_what_is_no_id_asks_nobody(musicbrainz: LocalMusicBrainz, name: str) -> None:
    for asking in (ask.recording, ask.release, ask.recordings_by_isrc):
        with pytest.raises(NotFound):
            asking(name)
    with pytest.raises(NotFound):
        ask.search_recordings(" \x00 ")
    assert musicbrainz.asked == []


def test_unknown_recording_is_asked_for_once_a_day(musicbrainz: LocalMusicBrainz) -> None:
    for _ in range(2):
        with pytest.raises(NotFound, match="MusicBrainz knows nothing that matches"):
            ask.recording(recording_id(999))
    assert len(musicbrainz.asked) == 1


@pytest.mark.django_db
def test_musicbrainz_is_off_by_default() -> None:
    assert not ask.is_on()
    with pytest.raises(IsOff, match="MusicBrainz is switched off here"):
        ask.recording(recording_id(1))
