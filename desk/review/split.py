"""The queue and one of its submissions side by side."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef

from desk.context import Case
from desk.queue import querysets
from desk.queue.neighbours import Neighbours, neighbours_of, window
from desk.queue.page import frame_of
from desk.queue.row import Row, rows_of
from submissions.models import Submission


def pane_of(case: Case) -> dict[str, Any]:
    """Return what the pane says of the list: its neighbours there, and its own row. Two queries with a list."""
    if case.listing is None:
        return {}
    return {**_beside(case, neighbours_of(case.listing, case.submission)), "row": row_of(case)}


def split_of(case: Case) -> dict[str, Any]:
    """Return the list around the case's submission, with its frame."""
    assert case.listing is not None
    listing, submission = case.listing, case.submission
    page, neighbours = window(listing, submission)
    submission.is_proposed = case.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    rows = rows_of(page.items, case.desk, suffix=listing.suffix, current=submission.reference)
    return {**frame_of(listing), **_beside(case, neighbours), "page": page, "rows": rows}


def row_of(case: Case) -> Row:
    """Return the case's own row, as it stands in the list."""
    case.submission.is_proposed = case.proposal is not None  # type: ignore[attr-defined]  # an annotation elsewhere
    reference = case.submission.reference
    [row] = rows_of([case.submission], case.desk, suffix=case.suffix, current=reference)
    return row


def left_of(case: Case, reference: str) -> Row | None:
    """Return the row of a submission that the pane showed before, to be renewed in the list. One query."""
    assert case.listing is not None
    desk_rows = querysets.listed(querysets.desk_rows(case.user, case.desk.label), case.user)
    fits = Exists(case.listing.rows.filter(pk=OuterRef("pk")))
    found = list(desk_rows.filter(reference=reference).annotate(fits=fits))
    gone = [each.reference for each in found if not each.fits]
    return next(iter(rows_of(found, case.desk, suffix=case.suffix, gone=gone)), None)


def _beside(case: Case, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "listing": case.listing,
        "previous_url": _url(case, neighbours.previous),
        "next_url": _url(case, neighbours.next),
    }


def _url(case: Case, neighbour: Submission | None) -> str:
    return replace(case, submission=neighbour).url if neighbour else ""
