"""Projects in packs, in an order."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from accounts.models import User
from studio.choices import Level, Mark
from studio.effects.context import Context
from studio.effects.steps import free_steps
from studio.errors import NotAllowed, NotPossible
from studio.levels import level_in_pack
from studio.models import Entry, Pack, Project

MOST_PROJECTS = 500


def place(context: Context, *, pack: Pack) -> dict[str, Any]:
    """Put a project of one's own that is in no pack at the end of one that the person may edit."""
    project = context.project
    if project.pack_id:
        raise NotPossible("It is already in a pack. Remove it from that pack first.")
    locked = Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack.pk)
    if context.user and level_in_pack(context.user, locked) < Level.EDIT:
        raise NotAllowed("You cannot add projects to this pack.")
    if locked.discarded_at:
        raise NotPossible("This pack is in the bin. Restore it first.")
    if locked.projects.count() >= MOST_PROJECTS:
        raise ValidationError({"pack": f"A pack can hold at most {MOST_PROJECTS} projects."})
    project.pack, project.position = locked, next_position(locked)
    project.save(update_fields=["pack", "position"])
    return {"pack": locked.code}


def take_out(context: Context) -> dict[str, Any]:
    """Take a project out of its pack; the lines of its tracklist that it stood for are open again."""
    project = context.project
    if project.pack is None:
        raise NotPossible("It is not in a pack.")
    if context.level < Level.OWN and context.user and level_in_pack(context.user, project.pack) < Level.EDIT:
        raise NotAllowed("You cannot change this pack.")
    return leave_pack(project)


def leave_pack(project: Project) -> dict[str, Any]:
    """Separate a project from the pack that it is in, and from the lines of its tracklist."""
    assert project.pack
    code = project.pack.code
    Entry.objects.filter(pack=project.pack, project=project).update(mark=Mark.OPEN, project=None)
    project.pack, project.position, project.is_optional = None, None, False
    project.save(update_fields=["pack", "position", "is_optional"])
    free_steps([project.pk], User.objects.filter(pk__in=project.steps.values("assignee")))
    return {"pack": code}


def order_projects(context: Context, *, projects: Sequence[str]) -> dict[str, Any]:
    """Put a pack's projects in this order, named by their codes: all of them but those in the bin."""
    rows = {
        each.code: each
        for each in context.pack.projects.current().select_for_update(no_key=True, of=("self",))
    }
    if sorted(projects) != sorted(rows):
        raise NotPossible("The projects in this pack have changed meanwhile. Check the order and try again.")
    for position, code in enumerate(projects, 1):
        rows[code].position = position
    Project.objects.bulk_update(rows.values(), ["position"])
    return {"order": list(projects)}


def next_position(pack: Pack) -> int:
    return (pack.projects.aggregate(last=Max("position"))["last"] or 0) + 1
