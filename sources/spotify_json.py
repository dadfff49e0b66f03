"""Spotify's JSON read into songs, albums and artists. All raise Unreadable for what is none."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sources.facts import Album, Artist, Song
from sources.json_text import listed, mapping, needed, number, rows, text
from sources.titles import isrc_of, split_title, year_of


def song_in(value: Any) -> Song:
    """Read a track with its album."""
    return _song(value, _album(mapping(value, "album"), is_named=False))


def songs_in(value: Any) -> list[Song]:
    """Read the tracks that a search found."""
    return [song_in(each) for each in listed(mapping(value, "tracks"), "items")]


def album_in(value: Any) -> Album:
    """Read an album with the first page of its songs."""
    return _album(value)


def albums_in(value: Any) -> list[Album]:
    """Read the albums that a search found."""
    return [_album(each) for each in listed(mapping(value, "albums"), "items")]


def page_in(album: Album) -> Callable[[Any], list[Song]]:
    """Return the reader of a further page of an album's songs."""
    return lambda value: [_song(each, album) for each in listed(value, "items")]


def isrcs_in(value: Any) -> dict[str, str]:
    """Read the ISRC of each track by its id."""
    return {text(each, "id", 22): _isrc(each) for each in listed(value, "tracks")}


def artist_in(value: Any) -> Artist:
    """Read an artist."""
    genres = mapping(value).get("genres")
    return Artist(
        name=needed(text(value, "name")),
        spotify_id=needed(text(value, "id", 22)),
        genres=tuple(each[:80] for each in genres if isinstance(each, str))
        if isinstance(genres, list)
        else (),
        picture_url=_picture(value),
    )


def _album(value: Any, *, is_named: bool = True) -> Album:
    name, spotify_id = text(value, "name"), text(value, "id", 22)
    page = mapping(value, "tracks")
    album = Album(
        title=needed(name) if is_named else name,
        artist=_artists(value),
        year=year_of(text(value, "release_date")),
        label=text(value, "label"),
        barcode=text(mapping(value, "external_ids"), "upc", 20),
        spotify_id=needed(spotify_id) if is_named else spotify_id,
        cover_url=_picture(value),
        count=number(value, "total_tracks", 10**5) or number(page, "total", 10**5),
    )
    return replace(album, songs=tuple(_song(each, album) for each in rows(page, "items")))


def _song(value: Any, album: Album) -> Song:
    title, mix = split_title(needed(text(value, "name")))
    return Song(
        title=title,
        artist=_artists(value) or album.artist,
        mix=mix,
        album=album.title,
        disc=number(value, "disc_number", 1000),
        position=number(value, "track_number", 10**5),
        year=album.year,
        isrc=_isrc(value),
        length_ms=number(value, "duration_ms"),
        spotify_id=text(value, "id", 22),
        cover_url=album.cover_url,
    )


def _artists(value: Any) -> str:
    return ", ".join(filter(None, (text(each, "name") for each in rows(value, "artists"))))[:300]


def _isrc(value: Any) -> str:
    return isrc_of(text(mapping(value, "external_ids"), "isrc", 20))


def _picture(value: Any) -> str:
    """Return the smallest picture that is at least 256 pixels wide, else the first."""
    found = [(number(each, "width") or 0, text(each, "url", 500)) for each in rows(value, "images")]
    wide = sorted(each for each in found if each[0] >= 256)
    return next((url for _, url in (wide or found)), "")
