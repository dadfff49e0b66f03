"""What a song that a source knows would fill in at a project: by field, what stands there and what would."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from kit.canonical import stamp
from sources.facts import Song
from studio.effects.facts import FIRST_YEAR, LAST_YEAR, LENGTHS
from studio.models import Project
from studio.song_sources import full_title

LABELS = {
    "title": "Title",
    "artist": "Artist",
    "album": "Album",
    "year": "Year",
    "cover": "Cover",
    "isrc": "ISRC",
}
OF_PROJECT = ("title", "artist", "album", "year")
"""Facts of the project itself; the cover has an act of its own, and an ISRC is the track's."""


@dataclass(frozen=True)
class Offer:
    """One field: `old` is "" where nothing stands yet."""

    name: str
    old: str
    new: str

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def is_empty(self) -> bool:
        return not self.old


def offers(project: Project, song: Song, user: User) -> list[Offer]:
    """Return what differs and may be filled in; a project's track owns title and artist, and has the ISRC."""
    track = project.track
    found = {name: (str(getattr(project, name) or ""), value) for name, value in _facts(song).items()}
    if track:
        del found["title"], found["artist"]
        if track.owner_id == user.pk:
            found["isrc"] = (track.isrc, song.isrc)
    found["cover"] = ("there is one" if project.cover_id else "", song.cover_url)
    return [Offer(name, old, new) for name, (old, new) in found.items() if new and new != old]


def values_of(taken: Sequence[Offer]) -> dict[str, Any]:
    """Return the facts that the act `edit` takes, of these offers."""
    facts: dict[str, Any] = {each.name: each.new for each in taken if each.name in (*OF_PROJECT, "isrc")}
    return facts | ({"year": int(facts["year"])} if "year" in facts else {})


def stamp_of(project: Project) -> str:
    """Return a digest of what an offer would replace, for the page's hidden field."""
    shown = {name: getattr(project, name) for name in OF_PROJECT}
    isrc = project.track.isrc if project.track else ""
    return stamp({**shown, "cover": project.cover_id, "isrc": isrc})


def _facts(song: Song) -> dict[str, str]:
    year = song.year if song.year and FIRST_YEAR <= song.year <= LAST_YEAR else None
    texts = {"title": full_title(song), "artist": song.artist, "album": song.album}
    return {name: text[: LENGTHS[name]] for name, text in texts.items()} | {"year": str(year or "")}
