"""Whether a song is done already: looked up in reference lists and among public projects, to warn, never to refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from studio.models import Project, PublicSong, ReferenceSong
from studio.similar_songs.names import ALIKE, artist_of, likeness, nearest, parts_of, song_name

MOST = 5
MOST_CANDIDATES = 20_000
SHORTEST, LONGEST = 0.85, 1.18
"""How long a name can be, of the length of one that it is near to (`names.ALIKE`)."""


@dataclass(frozen=True)
class Match:
    """A song that is done in a list, or in the making in public, as it is written there."""

    artist: str
    title: str
    is_exact: bool
    reference_list: str = ""
    project: Project | None = None


def similar_songs(artist: str, title: str, *, own: str = "") -> list[Match]:
    """Return what is the same song or nearly so, the same first; `own` is the code of the project that asks.

    Nothing without artist or title. Four queries at most.
    """
    name = song_name(artist, title)
    if not name:
        return []
    found = [*_listed(name), *_public(name, own)]
    return sorted(found, key=lambda match: not match.is_exact)[:MOST]


def songs_done(names: Iterable[str]) -> dict[str, str]:
    """Return in which list each of these names (`song_name`) stands, without those in none. One query."""
    rows = ReferenceSong.objects.filter(name__in={name for name in names if name})
    return dict(rows.order_by("-reference_list__name").values_list("name", "reference_list__name"))


def _listed(name: str) -> list[Match]:
    keys = nearest(name, _candidates(ReferenceSong.objects.all(), name), MOST)
    rows = ReferenceSong.objects.select_related("reference_list").in_bulk(keys) if keys else {}
    found = (rows[key] for key in keys if key in rows)
    return [Match(row.artist, row.title, row.name == name, row.reference_list.name) for row in found]


def _public(name: str, own: str) -> list[Match]:
    """Return public projects of this name or a near one, as they are called now: a track may be renamed meanwhile."""
    keys = nearest(name, _candidates(PublicSong.objects.exclude(project__code=own), name), MOST)
    shown = Project.objects.current().public().with_shown().select_related("owner__profile")
    rows = shown.in_bulk(keys) if keys else {}
    found = []
    for project in (rows[key] for key in keys if key in rows):
        artist = artist_of(project)
        current = song_name(artist, project.shown_title)
        if current and likeness(name, current) >= ALIKE:
            found.append(Match(artist, project.shown_title, current == name, project=project))
    return found


def _candidates(rows: QuerySet[Any], name: str) -> Iterable[tuple[int, str]]:
    """Return names that share a part with this one and are about as long."""
    between = (int(SHORTEST * len(name)), int(LONGEST * len(name)) + 1)
    near = (
        rows.filter(parts__overlap=parts_of(name)).annotate(long=Length("name")).filter(long__range=between)
    )
    return near.values_list("pk", "name")[:MOST_CANDIDATES]
