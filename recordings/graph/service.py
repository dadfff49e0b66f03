"""Questions to all tracklists: played next to, sets that share most, ways between works, where works were played.

Answers count recordings, never lines, and only those on the given shelves. Of a recording the main tracklist counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

from kit.query import lexemes
from recordings.graph.statements import BETWEEN, NEXT_TO, SHARING, STEP, STEP_INTO, WORKS_WITH
from recordings.models import Play, Recording, Work

MOST_STEPS = 4
ROWS = 20
MOST_PLAYS = 100
MOST_WORDS = 8


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
    """Return what was played next to a work, in the most recordings first. Two queries."""
    rows = _rows(NEXT_TO, work=work.pk, shelves=list(shelves), limit=limit)
    works = Work.objects.in_bulk([row[0] for row in rows])
    return [Neighbour(works[pk], *counts) for pk, *counts in rows]


def sharing_most(recording: Recording, shelves: Iterable[int], *, limit: int = ROWS) -> list[Sharing]:
    """Return the recordings that have most works of this one. Two queries."""
    rows = _rows(SHARING, recording=recording.pk, shelves=list(shelves), limit=limit)
    found = Recording.objects.in_bulk([pk for pk, _ in rows])
    return [Sharing(found[pk], count) for pk, count in rows]


def way(start: Work, end: Work, shelves: Iterable[int]) -> list[Step]:
    """Return a shortest way from one work to another over works played next to each other, [] for none in four steps.

    Six queries at most.
    """
    seen = list(shelves)
    pks = [start.pk] if start == end else _way_of(start.pk, end.pk, seen)
    works = Work.objects.in_bulk(pks)
    pairs = list(pairwise(pks))
    between = _between(pairs, seen) if pairs else {}
    recordings = Recording.objects.in_bulk(between.values()) if between else {}
    before = [None, *pairs] if pks else []
    return [
        Step(works[pk], recordings.get(between.get(pair, 0)) if pair else None)
        for pk, pair in zip(pks, before, strict=True)
    ]


def plays_of(digests: Iterable[str], shelves: Iterable[int], *, limit: int = MOST_PLAYS) -> list[Support]:
    """Return where works of these digests were played, the newest recordings first. Two queries."""
    rows = Play.objects.filter(
        work__digest__in=list(digests),
        tracklist__is_main=True,
        tracklist__recording__shelf__in=list(shelves),
    ).select_related("work", "tracklist__recording")
    plays = list(rows.order_by("-tracklist__recording_id", "position")[:limit])
    places = {(play.tracklist_id, play.position + by) for play in plays for by in (-1, 1)}
    around = _plays_at(places) if places else {}
    return [
        Support(
            play,
            around.get((play.tracklist_id, play.position - 1)),
            around.get((play.tracklist_id, play.position + 1)),
        )
        for play in plays
    ]


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


def _plays_at(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Play]:
    tracklists = sorted({tracklist for tracklist, _ in places})
    positions = sorted({position for _, position in places})
    wanted = set(places)
    rows = Play.objects.filter(tracklist__in=tracklists, position__in=positions).select_related("work")
    return {key: play for play in rows if (key := (play.tracklist_id, play.position)) in wanted}


def _way_of(start: int, end: int, shelves: Sequence[int]) -> list[int]:
    """Search from both ends, a whole level of the smaller side at a time, until they meet; four queries at most."""
    sides: tuple[dict[int, int], dict[int, int]] = ({start: 0}, {end: 0})
    edges = [[start], [end]]
    for step in range(MOST_STEPS):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        known, others = sides[side], sides[1 - side]
        asked: dict[str, Any] = {"works": edges[side], "seen": list(known), "shelves": list(shelves)}
        is_last = step == MOST_STEPS - 1  # and has to arrive
        reached = _rows(STEP_INTO, **asked, into=list(others)) if is_last else _rows(STEP, **asked)
        known.update(reached)
        edges[side] = [pk for pk, _ in reached]
        if met := [pk for pk in edges[side] if pk in others]:
            return [*reversed(_back(min(met), sides[0])), *_back(min(met), sides[1])[1:]]
        if not edges[side]:
            break
    return []


def _back(pk: int, parents: Mapping[int, int]) -> list[int]:
    """Return the works from this one back to where the side began."""
    found = [pk]
    while parents[found[-1]]:
        found.append(parents[found[-1]])
    return found


def _between(pairs: Sequence[tuple[int, int]], shelves: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return for each pair of works a recording in which they were played next to each other."""
    ones, others = zip(*pairs, strict=True)
    rows = _rows(BETWEEN, ones=list(ones), others=list(others), shelves=list(shelves))
    return {(one, other): recording for one, other, recording in rows}
