"""Spotify: tracks, albums, artists and a search. https://developer.spotify.com/documentation/web-api"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from sources import client, spotify_tokens
from sources.choices import Source
from sources.client import Question
from sources.errors import KeyRefused, NotFound
from sources.exchange import IN_JOB, Patience
from sources.facts import Album, Artist, Song
from sources.json_text import clean
from sources.spotify_json import album_in, albums_in, artist_in, isrcs_in, page_in, song_in, songs_in
from sources.titles import isrc_of

SOURCE = Source.SPOTIFY
PAGE = 50
"""Songs that one request brings at most."""
MOST_SONGS = 500
MOST = 20
_LINK = re.compile(
    r"(?:spotify:|open\.spotify\.com/(?:intl-[a-z-]+/)?)(track|album|artist)[:/]([A-Za-z0-9]{22})\b"
)
_ID = re.compile(r"[A-Za-z0-9]{22}")
T = TypeVar("T")


def is_on() -> bool:
    return client.is_on(SOURCE)


def link_in(text: str) -> tuple[str, str] | None:
    """Return the kind (track, album, artist) and id that an address or URI names, None if it names none."""
    found = _LINK.search(text)
    return (found[1], found[2]) if found else None


def track(spotify_id: str, *, patience: Patience = IN_JOB) -> Song:
    """Return a track by its id. Raises a SourceError, NotFound among them."""
    return _ask(f"tracks/{_id(spotify_id)}", song_in, patience)


def artist(spotify_id: str, *, patience: Patience = IN_JOB) -> Artist:
    """Return an artist by the id. Raises a SourceError, NotFound among them."""
    return _ask(f"artists/{_id(spotify_id)}", artist_in, patience)


def album(spotify_id: str, *, patience: Patience = IN_JOB) -> Album:
    """Return an album with all its songs, in two requests for each fifty. Raises a SourceError, NotFound among them.

    ISRCs are left empty where Spotify does not give them.
    """
    found = _ask(f"albums/{_id(spotify_id)}", album_in, patience)
    songs = list(found.songs)
    while len(songs) < min(found.count or 0, MOST_SONGS):
        place = {"limit": str(PAGE), "offset": str(len(songs))}
        more = _ask(f"albums/{found.spotify_id}/tracks", page_in(found), patience, **place)
        if not more:
            break
        songs += more
    return replace(found, songs=tuple(_with_isrcs(songs[:MOST_SONGS], patience)))


def search_tracks(title: str, artist: str = "", *, patience: Patience = IN_JOB) -> list[Song]:
    """Return tracks by title and artist, the best first. Raises a SourceError."""
    return _ask(
        "search", songs_in, patience, q=_query(track=title, artist=artist), type="track", limit=str(MOST)
    )


def tracks_by_isrc(isrc: str, *, patience: Patience = IN_JOB) -> list[Song]:
    """Return the tracks with an ISRC. Raises a SourceError."""
    if not (code := isrc_of(isrc)):
        raise NotFound(SOURCE)
    return _ask("search", songs_in, patience, q=f"isrc:{code}", type="track", limit=str(MOST))


def search_albums(title: str, artist: str = "", *, patience: Patience = IN_JOB) -> list[Album]:
    """Return albums by title and artist, the best first, without songs. Raises a SourceError."""
    return _ask(
        "search", albums_in, patience, q=_query(album=title, artist=artist), type="album", limit=str(MOST)
    )


def _ask(path: str, reader: Callable[[Any], T], patience: Patience, **params: str) -> T:
    """Ask with a token; one that is refused is replaced once."""
    try:
        return _ask_once(path, reader, patience, params)
    except KeyRefused:
        if not spotify_tokens.forget():
            raise
    return _ask_once(path, reader, patience, params)


def _ask_once(path: str, reader: Callable[[Any], T], patience: Patience, params: Mapping[str, str]) -> T:
    question, sign = Question(path, params), partial(spotify_tokens.sign, patience)
    return client.ask(SOURCE, question, reader, patience=patience, sign=sign)


def _with_isrcs(songs: Sequence[Song], patience: Patience) -> list[Song]:
    """Albums name no ISRCs; tracks do, if Spotify lets our key ask for several."""
    known: dict[str, str] = {}
    ids = [song.spotify_id for song in songs if song.spotify_id]
    with suppress(NotFound, KeyRefused):
        for first in range(0, len(ids), PAGE):
            known |= _ask("tracks", isrcs_in, patience, ids=",".join(ids[first : first + PAGE]))
    return [replace(song, isrc=song.isrc or known.get(song.spotify_id, "")) for song in songs]


def _id(text: str) -> str:
    found = link_in(text)
    spotify_id = found[1] if found else text.strip()
    if not _ID.fullmatch(spotify_id):
        raise NotFound(SOURCE)
    return spotify_id


def _query(**fields: str) -> str:
    words = {name: clean(text).replace('"', "")[:100] for name, text in fields.items()}
    query = " ".join(f'{name}:"{text}"' for name, text in words.items() if text)
    if not query:
        raise NotFound(SOURCE)
    return query
