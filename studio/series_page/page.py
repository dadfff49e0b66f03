"""The tracklist of a series: each line with its mark, its project, and whether the song is done elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kit.forms import KeyedForm
from studio.access import SeenPack
from studio.choices import Act, Level, Mark, Visibility
from studio.models import Entry, Project
from studio.series_page.forms import MARKS
from studio.similar_songs.lookup import songs_done
from studio.similar_songs.names import song_name

ICONS: Mapping[str, str] = MappingProxyType(
    {Mark.OPEN: "clock", Mark.EXISTS: "check", Mark.IRRELEVANT: "minus", Mark.PROJECT: "studio"}
)
ALL_MARKS = tuple(Mark)


@dataclass(frozen=True)
class Line:
    """A line of the tracklist as the page shows it."""

    entry: Entry
    project: Project | None
    done_in: str
    key: str
    place: int = 0
    """In the whole list, from 1; 0 where a line is shown alone."""

    @property
    def icon(self) -> str:
        return ICONS[self.entry.mark]

    @property
    def marks(self) -> list[tuple[str, str, str]]:
        """The marks that it can have in one press, with their icons."""
        return [(mark, label, ICONS[mark]) for mark, label in MARKS]


def page_of(seen: SeenPack, shown: str = "") -> dict[str, Any]:
    """Return the context of the page; `shown` is a mark if only lines of it are asked for. Two queries."""
    entries = list(Entry.objects.filter(pack=seen.pack).select_related("project__track"))
    chosen = shown if shown in Mark.values else ""
    places = {entry.pk: place for place, entry in enumerate(entries, 1)}
    may_mark = seen.may(Act.MARK_ENTRY) and not seen.pack.discarded_at
    return {
        "seen": seen,
        "pack": seen.pack,
        "lines": lines_of(seen, [entry for entry in entries if chosen in ("", entry.mark)], places),
        "counts": counts_of(entries),
        "total": len(entries),
        "shown": chosen,
        "may_mark": may_mark,
        "may_order": may_mark and len(entries) > 1 and not chosen,
    }


def lines_of(seen: SeenPack, entries: list[Entry], places: Mapping[int, int] | None = None) -> list[Line]:
    """Return lines as the page shows them; who sees the pack because it is public sees public projects. One query.

    `places` are theirs in the whole list, by primary key.
    """
    places = places or {}
    names = {entry.pk: song_name(entry.artist, entry.title) for entry in entries if entry.mark == Mark.OPEN}
    done = songs_done(names.values()) if names else {}
    return [
        Line(
            entry=entry,
            project=_visible(seen, entry.project),
            done_in=done.get(names.get(entry.pk, ""), ""),
            key=new_key(),
            place=places.get(entry.pk, 0),
        )
        for entry in entries
    ]


def counts_of(entries: list[Entry]) -> list[tuple[str, str, str, int]]:
    """Return each mark with its label, icon and number of lines."""
    marks = [entry.mark for entry in entries]
    return [(mark.value, str(mark.label), ICONS[mark], marks.count(mark)) for mark in ALL_MARKS]


def _visible(seen: SeenPack, project: Project | None) -> Project | None:
    is_seen = project and (seen.level >= Level.VIEW or project.visibility == Visibility.PUBLIC)
    return project if is_seen else None


def new_key() -> str:
    """Return the key of a form that is nothing but a button."""
    return str(KeyedForm()["key"].value())
