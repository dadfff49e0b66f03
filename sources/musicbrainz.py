"""MusicBrainz: recordings, releases and ISRCs. https://musicbrainz.org/doc/MusicBrainz_API"""

import re
from typing import Any
from uuid import UUID

from sources import client
from sources.choices import Source
from sources.client import Question
from sources.errors import NotFound
from sources.exchange import IN_JOB, Patience
from sources.facts import Album, Song
from sources.json_text import clean
from sources.musicbrainz_json import album_in, albums_in, song_in, songs_in
from sources.titles import isrc_of

SOURCE = Source.MUSICBRAINZ
MOST = 25
"""Hits of a search."""
_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def is_on() -> bool:
    return client.is_on(SOURCE)


def mbid_in(text: str) -> str:
    """Return the MusicBrainz id in a text or address, "" if there is none."""
    found = _MBID.search(text.lower())
    return str(UUID(found[0])) if found else ""


def recording(mbid: str, *, patience: Patience = IN_JOB) -> Song:
    """Return a recording by its id. Raises a SourceError, NotFound among them."""
    return _ask(f"recording/{_id(mbid)}", song_in, patience, inc="artist-credits+releases+isrcs")


def recordings_by_isrc(isrc: str, *, patience: Patience = IN_JOB) -> list[Song]:
    """Return the recordings with an ISRC. Raises a SourceError, NotFound among them."""
    if not (code := isrc_of(isrc)):
        raise NotFound(SOURCE)
    return _ask(f"isrc/{code}", songs_in, patience, inc="artist-credits+releases+isrcs")


def search_recordings(title: str, artist: str = "", *, patience: Patience = IN_JOB) -> list[Song]:
    """Return recordings by title and artist, the best first. Raises a SourceError."""
    return _ask(
        "recording", songs_in, patience, query=_query(recording=title, artist=artist), limit=str(MOST)
    )


def release(mbid: str, *, patience: Patience = IN_JOB) -> Album:
    """Return a release with all its songs, ISRCs too. Raises a SourceError, NotFound among them."""
    return _ask(f"release/{_id(mbid)}", album_in, patience, inc="artist-credits+labels+recordings+isrcs")


def search_releases(title: str, artist: str = "", *, patience: Patience = IN_JOB) -> list[Album]:
    """Return releases by title and artist, the best first, without songs. Raises a SourceError."""
    return _ask("release", albums_in, patience, query=_query(release=title, artist=artist), limit=str(MOST))


def _ask(path: str, reader: Any, patience: Patience, **params: str) -> Any:
    return client.ask(SOURCE, Question(path, {"fmt": "json", **params}), reader, patience=patience)


def _id(mbid: str) -> str:
    found = mbid_in(mbid)
    if not found:
        raise NotFound(SOURCE)
    return found


def _query(**fields: str) -> str:
    """Return a Lucene query of what was given, each as a phrase. Raises NotFound if nothing was."""
    phrases = {
        name: clean(words)[:200].replace("\\", r"\\").replace('"', r"\"") for name, words in fields.items()
    }
    query = " AND ".join(f'{name}:"{words}"' for name, words in phrases.items() if words)
    if not query:
        raise NotFound(SOURCE)
    return query
