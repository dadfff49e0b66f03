"""The queue and one of its submissions side by side."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef

from desk.context import DeskContext
from desk.queue import listing as queue_listing
from desk.queue.listing import Neighbours, neighbours_of, window
from desk.queue.page import list_context_of
from desk.queue.row import Row, rows_of
from submissions.models import Submission


def pane_of(context: DeskContext) -> dict[str, Any]:
    """Return what the pane says of the list: its neighbours there, and its own row. Two queries with a list."""
    if context.listing is None:
        return {}
    return {**_beside(context, neighbours_of(context.listing, context.submission)), "row": row_of(context)}


def split_of(context: DeskContext) -> dict[str, Any]:
    """Return the list around the submission's submission, with its frame."""
    assert context.listing is not None
    listing, submission = context.listing, context.submission
    page, neighbours = window(listing, submission)
    submission.is_proposed = context.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    rows = rows_of(page.items, context.desk, suffix=listing.suffix, current=submission.reference)
    return {**list_context_of(listing), **_beside(context, neighbours), "page": page, "rows": rows}


def row_of(context: DeskContext) -> Row:
    """Return the submission's own row, as it stands in the list."""
    context.submission.is_proposed = context.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    reference = context.submission.reference
    [row] = rows_of([context.submission], context.desk, suffix=context.suffix, current=reference)
    return row


def left_of(context: DeskContext, reference: str) -> Row | None:
    """Return the row of a submission that the pane showed before, to be renewed in the list. One query."""
    assert context.listing is not None
    rows = Submission.objects.at_desk(context.user, context.desk.label)
    desk_rows = queue_listing.with_list_annotations(rows, context.user)
    fits = Exists(context.listing.rows.filter(pk=OuterRef("pk")))
    found = list(desk_rows.filter(reference=reference).annotate(fits=fits))
    gone = [each.reference for each in found if not each.fits]
    return next(iter(rows_of(found, context.desk, suffix=context.suffix, gone=gone)), None)


def _beside(context: DeskContext, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "listing": context.listing,
        "previous_url": _url(context, neighbours.previous),
        "next_url": _url(context, neighbours.next),
    }


def _url(context: DeskContext, neighbour: Submission | None) -> str:
    return replace(context, submission=neighbour).url if neighbour else ""
