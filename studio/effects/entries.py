"""The tracklist that a series works through."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Max

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
    there = context.pack.entries.aggregate(many=Count("pk"), number=Max("number"), position=Max("position"))
    if there["many"] + len(entries) > MOST_ENTRIES:
        raise ValidationError({"entries": f"A tracklist can have at most {MOST_ENTRIES} songs."})
    rows = [
        Entry(
            pack=context.pack,
            number=(there["number"] or 0) + place,
            position=(there["position"] or 0) + place,
            artist=need_short("entries", artist, 200),
            title=need_short("entries", title, 150),
        )
        for place, (artist, title) in enumerate(entries, 1)
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


def order_entries(context: Context, *, entries: Sequence[int]) -> dict[str, Any]:
    """Put all lines in this order, named by their numbers."""
    rows = {each.number: each for each in context.pack.entries.all()}
    if sorted(entries) != sorted(rows):
        raise NotPossible("The tracklist has changed meanwhile. Check the order and try again.")
    for position, number in enumerate(entries, 1):
        rows[number].position = position
    Entry.objects.bulk_update(rows.values(), ["position"])
    return {"order": list(entries)}


def _entry(context: Context, number: int) -> Entry:
    row = context.pack.entries.filter(number=number).first()
    if row is None:
        raise Gone("song")
    return row
