"""What sources know of music, as values; nothing of a source's own JSON leaves this app."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Song:
    """One recording, by one source. Unknown numbers are None, unknown texts empty.

    `position` counts within the disc. `score` is 0 to 1: how sure a search or a fingerprint is.
    """

    title: str
    artist: str
    mix: str = ""
    album: str = ""
    disc: int | None = None
    position: int | None = None
    year: int | None = None
    isrc: str = ""
    length_ms: int | None = None
    mbid: str = ""
    spotify_id: str = ""
    cover_url: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Album:
    """A release with its songs in order; a search leaves `songs` empty and says how many there are."""

    title: str
    artist: str
    year: int | None = None
    label: str = ""
    barcode: str = ""
    mbid: str = ""
    spotify_id: str = ""
    cover_url: str = ""
    count: int | None = None
    songs: tuple[Song, ...] = ()


@dataclass(frozen=True, slots=True)
class Artist:
    name: str
    spotify_id: str = ""
    genres: tuple[str, ...] = ()
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a set's tracklist: `is_unknown` for "ID", `is_mixed` for "w/", played with the line before."""

    position: int
    start_ms: int | None
    artist: str
    title: str
    is_unknown: bool = False
    is_mixed: bool = False
