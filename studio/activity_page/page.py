"""The activity of a project, or of a pack with its projects, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from studio.activity_page.event_words import Telling, Words, words_of
from studio.activity_page.sentence_table import SENTENCES
from studio.models import Pack, Project, StudioEvent
from studio.names import name_of


@dataclass(frozen=True)
class Line:
    """An event as it is told: who did what, and to which of a pack's projects if it is in there still.

    Where the studio itself wrote down what happened elsewhere, `who` is "" and `what` a sentence.
    """

    event: StudioEvent
    who: str
    what: str
    about: Project | None = None


def events_of(it: Project | Pack) -> QuerySet[StudioEvent]:
    """Return the events of a project, or of a pack and what was in it, with who acted."""
    rows = StudioEvent.objects.select_related("actor__profile")
    if isinstance(it, Project):
        return rows.filter(project=it)
    return rows.filter(pack=it).select_related("project__track")


def lines_of(events: Iterable[StudioEvent], reader: User, pack: Pack | None = None) -> list[Line]:
    """Return the events as lines; of a `pack` they name its projects. Four queries at most."""
    rows = list(events)
    words = words_of(rows, reader)
    return [_line(event, words, reader, pack) for event in rows]


def _line(event: StudioEvent, words: Words, reader: User, pack: Pack | None) -> Line:
    who = "" if event.actor is None else "You" if event.actor == reader else name_of(event.actor)
    project = event.project if pack else None
    is_there = project is not None and pack is not None and project.pack_id == pack.pk
    what = SENTENCES[event.act](Telling(event, words, is_there or project is None))
    return Line(event, who, what, project if is_there else None)
