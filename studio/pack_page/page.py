"""The page of a pack: its projects in order, how far they are, and what the reader may do."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from steps.progress import Progress
from studio.access import SeenPack
from studio.choices import Act, Level, PackKind, State, Visibility
from studio.models import Entry, Project
from studio.pack_list.page import ICONS

MOST_OFFERED = 200
"""Projects that can be chosen here; each can be put into a pack on its own page."""


@dataclass(frozen=True)
class Line:
    """A project of the pack, in order."""

    project: Project
    may_take_out: bool


def page_of(seen: SeenPack, user: User) -> dict[str, Any]:
    """Return the context of the page. Two queries, three for a series."""
    projects = list(projects_of(seen, user))
    needed = [project for project in projects if not project.is_optional]
    may_edit = seen.may(Act.ORDER_PROJECTS) and not seen.pack.discarded_at
    return {
        "seen": seen,
        "pack": seen.pack,
        "icon": ICONS[seen.pack.kind],
        "lines": [Line(project, may_edit or project.owner_id == user.pk) for project in projects],
        "progress": sum((project.progress for project in needed), Progress()),
        "optional": len(projects) - len(needed),
        "finished": sum(project.state in (State.FINISHED, State.RELEASED) for project in projects),
        "may_edit": may_edit,
        "is_crew": seen.level >= Level.VIEW,
        "tracklist": tracklist_of(seen),
    }


def projects_of(seen: SeenPack, user: User) -> Any:
    """Return the pack's projects that somebody may see: all of them, or if the pack is only public, the public ones."""
    rows = seen.pack.projects.current().with_shown().order_by("position", "id")
    if seen.level >= Level.VIEW:
        return rows
    crew = Q(owner=user) | Q(crew__user=user)
    return rows.filter(Q(visibility=Visibility.PUBLIC) | crew).distinct()


def tracklist_of(seen: SeenPack) -> dict[str, int]:
    """Return how many lines of a series' tracklist there are by mark; nothing for other packs. One query."""
    if seen.pack.kind != PackKind.SERIES:
        return {}
    found: dict[str, int] = {}
    for mark in Entry.objects.filter(pack=seen.pack).order_by().values_list("mark", flat=True):
        found[mark] = found.get(mark, 0) + 1
    return found


def placeable(user: User) -> Any:
    """Return a person's own projects that are in no pack, those that were lately worked on."""
    rows = Project.objects.current().filter(owner=user, pack=None).order_by("-touched_at", "-id")
    lately = rows.values("pk")[:MOST_OFFERED]
    return Project.objects.with_shown().filter(pk__in=lately).order_by("-touched_at", "-id")
