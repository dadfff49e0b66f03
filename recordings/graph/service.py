"""Questions to all tracklists: played next to, sets that share most, ways between works, where works were played.

Answers count recordings, never lines, and only those on the given shelves. Of a recording the main tracklist counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from kit.query import lexemes
from recordings.graph.statements import (
    ALONG,
    AROUND,
    BESIDE,
    FURTHER,
    NEXT_TO,
    PLAYS_OF,
    SHARING,
    WORKS_WITH,
)
from recordings.models import Play, Recording, Work

ROWS = 20
MOST_PLAYS = 25
MOST_WORDS = 8
UNREAD = [*(f"tracklist__recording__{name}" for name in ("names", "search", "fingerprint")), "work__search"]


@dataclass(frozen=True)
class Neighbour:
    """A work played right before or after another one, and in how many recordings."""

    work: Work
    recordings: int
    before: int
    after: int


@dataclass(frozen=True)
class Sharing:
    """Another recording, and how many works of one it has."""

    recording: Recording
    works: int


@dataclass(frozen=True)
class Step:
    """A work on the way to another one, and the recording in which it was played next to the one before."""

    work: Work
    recording: Recording | None


@dataclass(frozen=True)
class Support:
    """A work that was played: where, and what was played before and after it."""

    play: Play
    before: Play | None
    after: Play | None

    @property
    def recording(self) -> Recording:
        return self.play.tracklist.recording


def next_to(work: Work, shelves: Iterable[int], *, limit: int = ROWS) -> list[Neighbour]:
    """Return what was played next to a work, in the most recordings first. One query."""
    rows = _rows(NEXT_TO, work=work.pk, shelves=list(shelves), limit=limit)
    return [Neighbour(_named(*row[:4]), *row[4:]) for row in rows]


def sharing_most(recording: Recording, shelves: Iterable[int], *, limit: int = ROWS) -> list[Sharing]:
    """Return the recordings that have most works of this one. Two queries."""
    rows = _rows(SHARING, recording=recording.pk, shelves=list(shelves), limit=limit)
    found = Recording.objects.listed().in_bulk([pk for pk, _ in rows])
    return [Sharing(found[pk], count) for pk, count in rows]


def way(start: Work, end: Work, shelves: Iterable[int]) -> list[Step]:
    """Return a shortest way from one work to another over works played next to each other, [] for none in four steps.

    Three queries at most.
    """
    if start == end:
        return [Step(start, None)]
    seen = list(shelves)
    works = _way_of(start.pk, end.pk, seen)
    rows = _rows(ALONG, works=works, before=[0, *works[:-1]], shelves=seen) if works else []
    return [
        Step(_named(*row[:4]), Recording(reference=row[4], title=row[5]) if row[4] else None) for row in rows
    ]


def plays_of(digests: Iterable[str], shelves: Iterable[int], *, limit: int = MOST_PLAYS) -> list[Support]:
    """Return where works of these digests were played, the newest recordings first. Two queries."""
    found = RawSQL(PLAYS_OF, [list(digests), list(shelves), limit])  # noqa: S611  # our own words
    rows = Play.objects.filter(pk__in=found).select_related("work", "tracklist__recording").defer(*UNREAD)
    plays = list(rows.order_by("-tracklist__recording_id", "position"))
    around = _plays_beside(plays)
    return [
        Support(
            play,
            around.get((play.tracklist_id, play.position - 1)),
            around.get((play.tracklist_id, play.position + 1)),
        )
        for play in plays
    ]


def played(references: Iterable[str], shelves: Iterable[int]) -> dict[str, Work]:
    """Return those of these works that were played, by reference; who sees none of its plays knows nothing of it."""
    plays = Play.objects.filter(work=OuterRef("pk"), tracklist__is_main=True)
    seen = Exists(plays.filter(tracklist__recording__shelf__in=list(shelves)))
    return {work.reference: work for work in Work.objects.filter(seen, reference__in=list(references))}


def works_named(words: str, shelves: Iterable[int], *, limit: int = ROWS) -> list[Work]:
    """Return works that were played and have these words, those in the most recordings first. Two queries."""
    typed = lexemes.clean(words).casefold().split()[:MOST_WORDS]
    parts = [lexemes.lexeme(word) for word in typed if lexemes.is_findable(word)]
    if not parts:
        return []
    rows = _rows(WORKS_WITH, words=" & ".join(parts), shelves=list(shelves), limit=limit)
    works = Work.objects.in_bulk([pk for (pk,) in rows])
    return [works[pk] for (pk,) in rows]


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _plays_beside(plays: Sequence[Play]) -> dict[tuple[int, int], Play]:
    """Return what was played right before and after, by tracklist and position. One query at most."""
    if not plays:
        return {}
    found = RawSQL(BESIDE, [[play.pk for play in plays]])  # noqa: S611  # our own words
    rows = Play.objects.filter(pk__in=found).select_related("work")
    return {(play.tracklist_id, play.position): play for play in rows}


def _way_of(start: int, end: int, shelves: Sequence[int]) -> list[int]:
    """Look around both ends, then from the smaller side into the other one; two queries at most."""
    around: dict[int, set[int]] = {start: set(), end: set()}
    for work, neighbour in _rows(AROUND, works=[start, end], shelves=list(shelves)):
        around[work].add(neighbour)
    if end in around[start]:
        return [start, end]
    if common := around[start] & around[end]:
        return [start, min(common), end]
    near, far = sorted((start, end), key=lambda each: len(around[each]))
    rows = _rows(FURTHER, works=list(around[near]), into=list(around[far]), shelves=list(shelves))
    if not rows:
        return []
    found = [near, *filter(None, rows[0]), far]
    return found if near == start else found[::-1]


def _named(reference: str, artist: str, title: str, mix: str) -> Work:
    return Work(reference=reference, artist=artist, title=title, mix=mix)
