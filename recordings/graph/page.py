"""What the graph's pages say: to one person, of the shelves that they may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kit import codes
from recordings.access import SeenRecording, SeenShelf
from recordings.choices import Kind
from recordings.graph import service
from recordings.graph.service import Support
from recordings.models import Recording, Work
from recordings.tracklists.line import time_words
from submissions.choices import State
from submissions.models import Submission

OWN_MASTERS = 2_000
CHOICES = 8
OURS = (State.SIGNED, State.SCHEDULED, State.RELEASED)


@dataclass(frozen=True)
class SupportRow:
    """Where one of our releases was played: in words."""

    support: Support
    time: str

    @property
    def recording(self) -> Recording:
        return self.support.recording

    @property
    def place(self) -> str:
        """The set's name, its reference if it has none."""
        return self.recording.title or self.recording.reference


@dataclass(frozen=True)
class End:
    """One end of a way: what was typed, the work that it names, or those that it may name."""

    name: str
    typed: str
    work: Work | None
    choices: list[Work]

    @property
    def address(self) -> str:
        """What names it in an address."""
        return self.work.reference if self.work else self.typed


def ids_of(shelves: list[SeenShelf]) -> list[int]:
    return [each.shelf.pk for each in shelves]


def questions_page(shelves: list[SeenShelf], words: str) -> dict[str, Any]:
    """Return the page of questions: what was looked for, or where our releases were played. Four queries."""
    seen = ids_of(shelves)
    if words.strip():
        return {"words": words, "found": service.works_named(words, seen), "here": "graph"}
    return {"words": "", "supports": our_plays(shelves), "here": "graph"}


def our_plays(shelves: list[SeenShelf]) -> list[SupportRow]:
    """Return where masters on these shelves, and what their labels signed, were played. Three queries."""
    labels = [each.shelf.label_id for each in shelves if each.shelf.label_id]
    signed = Submission.objects.filter(label__in=labels, state__in=OURS).exclude(team_name="")
    mine = Q(recordings__shelf__in=ids_of(shelves), recordings__kind__in=(Kind.MASTER, Kind.PREMASTER))
    names = signed.order_by("-pk").values_list("team_name")[:OWN_MASTERS]
    works = Work.objects.filter(mine).order_by("-pk").values_list("digest")[:OWN_MASTERS]
    digests = [digest for (digest,) in names.union(works)]
    return rows_of(service.plays_of(digests, ids_of(shelves)))


def rows_of(supports: list[Support]) -> list[SupportRow]:
    return [SupportRow(each, time_words(each.play.start_ms)) for each in supports]


def work_page(reference: str, shelves: list[SeenShelf]) -> dict[str, Any] | None:
    """Return the page of a work, None for one that was not played on these shelves. Four queries."""
    seen = ids_of(shelves)
    work = service.played([reference], seen).get(reference)
    if work is None:
        return None
    plays = rows_of(service.plays_of([work.digest], seen))
    neighbours = service.next_to(work, seen)
    most = service.MOST_PLAYS
    return {"work": work, "plays": plays, "most": most, "neighbours": neighbours, "here": "graph"}


def sets_page(seen: SeenRecording, shelves: list[SeenShelf]) -> dict[str, Any]:
    """Return the page of sets that share most with one. Two queries."""
    found = service.sharing_most(seen.recording, ids_of(shelves))
    return {
        "recording": seen.recording,
        "title": seen.recording.title or seen.recording.reference,
        "sets": found,
    }


def way_page(start: str, end: str, shelves: list[SeenShelf]) -> dict[str, Any]:
    """Return the page of a way between two works, each typed as words or as its code. Eight queries at most."""
    seen = ids_of(shelves)
    known = service.played(filter(None, map(_code_of, (start, end))), seen)
    ends = [_end("from", start, known, seen), _end("to", end, known, seen)]
    context: dict[str, Any] = {"ends": ends, "here": "graph"}
    first, last = ends[0].work, ends[1].work
    if first and last:
        context |= {"first": first, "last": last, "way": service.way(first, last, seen)}
    return context


def _end(name: str, typed: str, known: Mapping[str, Work], shelves: list[int]) -> End:
    """Return an end: a code names one work, words may name several."""
    if work := known.get(_code_of(typed)):
        return End(name, str(work), work, [])
    found = service.works_named(typed, shelves, limit=CHOICES)
    exact = found if len(found) == 1 else [each for each in found if str(each) == typed]
    return End(name, typed, exact[0] if len(exact) == 1 else None, [] if len(exact) == 1 else found)


def _code_of(typed: str) -> str:
    try:
        return codes.normalise("WK", typed) if typed.upper().startswith("WK") else ""
    except ValueError:
        return ""
