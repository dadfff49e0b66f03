"""The sources that know albums and songs, under one manner of asking."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core.exceptions import ValidationError

from sources import musicbrainz, spotify
from sources.choices import Source
from sources.errors import IsOff
from sources.exchange import IN_REQUEST, Patience
from sources.facts import Album, Song

_SPOTIFY = re.compile(r"spotify(?:\.com|:)", re.IGNORECASE)
_MUSICBRAINZ = re.compile(r"musicbrainz\.org/(?:[a-z-]+\.)?([a-z-]+)/", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?://|www\.|spotify:)", re.IGNORECASE)
NO_ALBUM = "This link leads to something else. Paste the link to an album or a track."
OF_A_GROUP = "This link is for all editions of an album. Open one of them there and paste its link."


@dataclass(frozen=True)
class Asked:
    """How one source is asked."""

    source: Source
    is_on: Callable[[], bool]
    albums: Callable[..., list[Album]]
    songs: Callable[..., list[Song]]
    album: Callable[..., Album]
    song: Callable[..., Song]


ASKED: Mapping[str, Asked] = MappingProxyType(
    {
        Source.SPOTIFY.value: Asked(
            Source.SPOTIFY,
            spotify.is_on,
            spotify.search_albums,
            spotify.search_tracks,
            spotify.album,
            spotify.track,
        ),
        Source.MUSICBRAINZ.value: Asked(
            Source.MUSICBRAINZ,
            musicbrainz.is_on,
            musicbrainz.search_releases,
            musicbrainz.search_recordings,
            musicbrainz.release,
            musicbrainz.recording,
        ),
    }
)


@dataclass(frozen=True)
class Found:
    """An album or a single song, named as `source:kind:id` in forms."""

    source: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.source}:{self.kind}:{self.id}"

    @property
    def site(self) -> str:
        return Source(self.source).label

    @property
    def url(self) -> str:
        """Where a person can look at it."""
        if self.source == Source.SPOTIFY:
            return f"https://open.spotify.com/{self.kind}/{self.id}"
        return f"https://musicbrainz.org/{'release' if self.kind == 'album' else 'recording'}/{self.id}"


def sources_on() -> list[Asked]:
    """Return the sources that are switched on, in the order in which they are offered."""
    return [each for each in ASKED.values() if each.is_on()]


def asked(name: str) -> Asked:
    """Return a source that is switched on. Raises ValidationError for any other."""
    found = ASKED.get(name)
    if found is None:
        raise ValidationError("Choose where to search.")
    if not found.is_on():
        raise ValidationError(str(IsOff(found.source)))
    return found


def is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text) or _MUSICBRAINZ.search(text) or spotify.link_in(text))


def found_in(text: str) -> Found:
    """Return what an address leads to. Raises ValidationError for one that leads to no album and no song."""
    if link := spotify.link_in(text):
        kind, spotify_id = link
        if kind in ("album", "track"):
            return Found(Source.SPOTIFY.value, kind, spotify_id)
    if (page := _MUSICBRAINZ.search(text)) and (mbid := musicbrainz.mbid_in(text)):
        if page[1] == "release-group":
            raise ValidationError(OF_A_GROUP)
        if page[1] in ("release", "recording"):
            return Found(Source.MUSICBRAINZ.value, "album" if page[1] == "release" else "track", mbid)
    if page or _SPOTIFY.search(text):
        raise ValidationError(NO_ALBUM)
    raise ValidationError("Paste a Spotify or MusicBrainz link.")


def read_name(text: str) -> Found | None:
    """Return what a form named, None for what is no name."""
    source, _, rest = text.partition(":")
    kind, _, its_id = rest.partition(":")
    known = source in ASKED and kind in ("album", "track")
    return Found(source, kind, its_id[:40]) if known and re.fullmatch(r"[0-9A-Za-z-]{1,40}", its_id) else None


def name_of_album(album: Album) -> Found:
    return _found("album", album.spotify_id, album.mbid)


def name_of_song(song: Song) -> Found:
    return _found("track", song.spotify_id, song.mbid)


def album_of(found: Found, *, patience: Patience = IN_REQUEST) -> Album:
    """Return an album with its songs, or one of a single song. Raises a SourceError, ValidationError if it is off."""
    way = asked(found.source)
    if found.kind == "album":
        return way.album(found.id, patience=patience)
    song = way.song(found.id, patience=patience)
    return Album(song.title, song.artist, year=song.year, cover_url=song.cover_url, count=1, songs=(song,))


def full_title(song: Song) -> str:
    """Return the title with the mix name, as a project has it."""
    return f"{song.title} ({song.mix})" if song.mix else song.title


def _found(kind: str, spotify_id: str, mbid: str) -> Found:
    return Found(Source.SPOTIFY.value if spotify_id else Source.MUSICBRAINZ.value, kind, spotify_id or mbid)
