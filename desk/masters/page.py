"""The masters of a signed demo on its page, and the page on which managers match files to it by hand."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from desk.context import DeskContext
from desk.masters.forms import MatchForm
from labels.access import read_only_because
from recordings.masters.page import masters_of, rows_of
from recordings.masters.search import unmatched
from recordings.models import Shelf
from submissions.deliverables.page import Row
from submissions.models import Revision
from submissions.transition_table import DEALS


def masters_part_of(context: DeskContext, revision: Revision, asked: Sequence[Row]) -> dict[str, Any]:
    """Return the masters once it is signed and the label has a shelf; nothing before, nor without `SHELVES`.

    One to four queries then. `asked` is what the producer was asked for.
    """
    if not settings.SHELVES or context.submission.state not in DEALS or not _shelves_of(context):
        return {}
    masters = masters_of(context.submission, _seconds_of(revision))
    return {
        "masters": masters,
        "masters_url": context.url_of("master"),
        "may_match": may_match(context),
        "asked_masters": [row for row in asked if row.item.is_open and "master" in row.item.name.casefold()]
        if masters.matched
        else [],
    }


def page_of(context: DeskContext, typed: str, form: MatchForm | None = None) -> dict[str, Any]:
    """Return the context of the page; with what was found by words for those who may match."""
    submission, shelves = context.submission, _shelves_of(context)
    seconds = _seconds_of(submission.revisions.order_by("number").last())
    is_open = may_match(context) and submission.state in DEALS
    return {
        "desk_context": context,
        "label": context.desk.label,
        "submission": submission,
        "masters": masters_of(submission, seconds),
        "is_signed": submission.state in DEALS,
        "has_shelf": bool(shelves),
        "may_match": is_open,
        "found": rows_of(unmatched(shelves, typed), seconds) if is_open else [],
        "typed": typed,
        "form": form,
        "read_only_because": read_only_because(context.desk.label),
    }


def may_match(context: DeskContext) -> bool:
    """Whether this member may match files now."""
    return context.is_manager and not read_only_because(context.desk.label)


def _shelves_of(context: DeskContext) -> list[Shelf]:
    return list(Shelf.objects.filter(label=context.desk.label).order_by("pk"))


def _seconds_of(revision: Revision | None) -> int | None:
    """Return the demo's length as its producer gave it; None if it is redacted or was not given."""
    return int(revision.copy.get("duration") or 0) or None if revision else None
