"""The tracklist that a series works through."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from kit.forms import need_short
from studio.choices import Mark, PackKind
from studio.effects.context import Context
from studio.errors import Gone, NotPossible
from studio.models import Entry, Project

MOST_ENTRIES = 300


def add_entries(context: Context, *, entries: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Add lines, each as (artist, title), below the others."""
    if context.pack.kind != PackKind.SERIES:
        raise NotPossible("Only a series has a tracklist.")
    there = list(context.pack.entries.values_list("number", flat=True))
    if len(there) + len(entries) > MOST_ENTRIES:
        raise ValidationError({"entries": f"A tracklist can have at most {MOST_ENTRIES} songs."})
    rows = [
        Entry(
            pack=context.pack,
            number=number,
            artist=need_short("entries", artist, 200),
            title=need_short("entries", title, 150),
        )
        for number, (artist, title) in enumerate(entries, max(there, default=0) + 1)
    ]
    if not rows or not all(row.title for row in rows):
        raise ValidationError({"entries": "Each song needs a title."})
    Entry.objects.bulk_create(rows)
    return {"entries": [row.number for row in rows]}


def mark_entry(context: Context, *, entry: int, mark: str, project: Project | None = None) -> dict[str, Any]:
    """Say what becomes of a line; `project` if it is in the making, one of the pack's."""
    row = _entry(context, entry)
    if mark not in Mark.values:
        raise ValidationError({"mark": "Choose how to mark this song."})
    if (mark == Mark.PROJECT) != (project is not None):
        raise ValidationError({"mark": "Choose the project for this song."})
    if project and project.pack_id != context.pack.pk:
        raise ValidationError({"project": "This project is not in the pack."})
    row.mark, row.project = mark, project
    row.save(update_fields=["mark", "project"])
    return {"entry": entry, "mark": mark} | ({"project": project.code} if project else {})


def remove_entry(context: Context, *, entry: int) -> dict[str, Any]:
    _entry(context, entry).delete()
    return {"entry": entry}


def _entry(context: Context, number: int) -> Entry:
    row = context.pack.entries.filter(number=number).first()
    if row is None:
        raise Gone("song")
    return row
