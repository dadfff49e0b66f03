"""MusicBrainz' JSON read into songs and albums. All raise Unreadable for what is neither."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from sources.facts import Album, Song
from sources.json_text import listed, mapping, needed, number, rows, text
from sources.titles import isrc_of, split_title, year_of

COVERS = "https://coverartarchive.org/release/{}/front-500"
MOST_SONGS = 1000


def song_in(value: Any) -> Song:
    """Read a recording."""
    title, mix = split_title(needed(text(value, "title")))
    album = next(rows(value, "releases"), {})
    return Song(
        title=title,
        artist=_artist(value),
        mix=mix,
        album=text(album, "title"),
        year=year_of(text(value, "first-release-date") or text(album, "date")),
        isrc=_first_isrc(value),
        length_ms=number(value, "length"),
        mbid=needed(text(value, "id", 36)),
        cover_url=_cover(album),
        score=_score(value),
    )


def songs_in(value: Any) -> list[Song]:
    """Read the recordings that a search or an ISRC found."""
    isrc = isrc_of(text(value, "isrc"))
    found = [song_in(each) for each in listed(value, "recordings")]
    return [replace(song, isrc=song.isrc or isrc) for song in found]


def album_in(value: Any) -> Album:
    """Read a release and the songs of all its discs."""
    songs = tuple(_songs_of(value))
    return _album(value, songs, len(songs))


def albums_in(value: Any) -> list[Album]:
    """Read the releases that a search found."""
    return [_album(each, (), number(each, "track-count")) for each in listed(value, "releases")]


def _album(value: Any, songs: tuple[Song, ...], count: int | None) -> Album:
    info = next(rows(value, "label-info"), {})
    return Album(
        title=needed(text(value, "title")),
        artist=_artist(value),
        year=year_of(text(value, "date")),
        label=text(mapping(info, "label"), "name"),
        barcode=text(value, "barcode", 20),
        mbid=needed(text(value, "id", 36)),
        cover_url=_cover(value),
        count=count,
        songs=songs,
    )


def _songs_of(value: Any) -> Iterator[Song]:
    discs = enumerate(rows(value, "media"), 1)
    tracks = ((disc, track) for disc, medium in discs for track in rows(medium, "tracks"))
    for disc, track in islice(tracks, MOST_SONGS):
        yield _song_on(value, track, disc)


def _song_on(album: Any, track: Any, disc: int) -> Song:
    recording = mapping(track, "recording")
    title, mix = split_title(needed(text(track, "title") or text(recording, "title")))
    return Song(
        title=title,
        artist=_artist(track) or _artist(recording) or _artist(album),
        mix=mix,
        album=text(album, "title"),
        disc=disc,
        position=number(track, "position"),
        year=year_of(text(album, "date")),
        isrc=_first_isrc(recording),
        length_ms=number(track, "length") or number(recording, "length"),
        mbid=text(recording, "id", 36),
        cover_url=_cover(album),
    )


def _artist(value: Any) -> str:
    """Return the credit as it is printed, "A feat. B"."""
    parts = [(text(each, "name"), _joint(each)) for each in rows(value, "artist-credit")]
    return "".join(name + joint for name, joint in parts)[:300].strip()


def _joint(credit: dict[str, Any]) -> str:
    found = credit.get("joinphrase")
    return found[:30] if isinstance(found, str) else ""


def _first_isrc(value: Any) -> str:
    found = mapping(value).get("isrcs")
    codes = [isrc_of(each) for each in found if isinstance(each, str)] if isinstance(found, list) else []
    return next(filter(None, codes), "")


def _cover(album: Any) -> str:
    """Return where the front cover would be; a release that says it has none has none."""
    has_cover = mapping(album, "cover-art-archive").get("front", True)
    mbid = text(album, "id", 36)
    return COVERS.format(mbid) if mbid and has_cover else ""


def _score(value: Any) -> float | None:
    found = number(value, "score", 100)
    return None if found is None else found / 100
