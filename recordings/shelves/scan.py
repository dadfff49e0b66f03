"""A full look at a shelf, in a row that pages show while it goes on."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import Truncator

from kit.clock import now
from recordings.file_access import NotRead, not_read
from recordings.models import Scan, Shelf
from recordings.shelves.cue_sheets import differing
from recordings.shelves.file_rows import known_files
from recordings.shelves.listing import Listing, Status, look

logger = logging.getLogger(__name__)
KEPT = 20
"""Scans that are kept of each shelf."""
EVERY = 0.5
"""Seconds between two signs of a scan that goes on."""
SUSPICIOUS = 10
"""So many known files are never gone all at once: then it is another folder."""
EMPTY = "The folder is empty, so nothing was called missing. Is its disk connected?"
ANOTHER = (
    "None of the {count} files known here was found, so nothing was called missing. Is its disk connected?"
)
PARTLY = "Some folders could not be looked at; nothing in them was called missing."


@dataclass(frozen=True)
class ScanResult:
    """What a scan found; `problem` says why it counts for nothing or for a part only."""

    found: Listing
    gone: list[bytes]
    problem: str
    sheets: dict[bytes, Status | None]
    """CUE sheets that differ from their rows; None for one that is gone."""


def scan(shelf: Shelf, root: int, clock: Callable[[], float] = time.monotonic) -> ScanResult:
    """Look at everything on a shelf, whose root is open, and say in a row how far it is and what differs."""
    known = known_files(shelf)
    expected = len(known)
    row = begin(shelf, expected=expected)
    said_at = clock()

    def progress(found: Listing) -> None:
        nonlocal said_at
        if clock() - said_at >= EVERY:
            said_at = clock()
            Scan.objects.filter(pk=row.pk).update(folders=found.folders, files=found.count)

    try:
        found = look(root, known=known, progress=progress)
    except OSError as error:
        end(row, str(not_read(error)))
        raise not_read(error) from error
    problem = doubt(found, expected)
    outcome = ScanResult(
        found,
        gone=[] if problem else found.gone,
        problem=problem or (PARTLY if found.closed else ""),
        sheets={} if problem else differing(shelf, found),
    )
    end(row, outcome.problem, outcome)
    return outcome


def doubt(found: Listing, expected: int) -> str:
    """Return why this cannot be the folder in which so many files are known; "" if it can."""
    if expected and found.is_empty:
        return EMPTY
    is_another = expected >= SUSPICIOUS and len(found.known) == expected and not found.closed
    return ANOTHER.format(count=expected) if is_another else ""


def begin(shelf: Shelf, *, expected: int = 0) -> Scan:
    """Begin a scan's row; those that a killed watcher left open end, and the oldest go."""
    Scan.objects.filter(shelf=shelf, ended_at=None).update(ended_at=now(), problem="It was broken off.")
    kept = Scan.objects.filter(shelf=shelf).order_by("-id").values("pk")[: KEPT - 1]
    Scan.objects.filter(shelf=shelf).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return Scan.objects.create(shelf=shelf, expected=expected, began_at=now())


def end(row: Scan, problem: str, outcome: ScanResult | None = None) -> None:
    """Write down how a scan ended."""
    row.ended_at, row.problem = now(), problem
    if outcome:
        found = outcome.found
        row.folders, row.files = found.folders, found.count
        row.new, row.changed, row.missing = len(found.files) - found.changed, found.changed, len(outcome.gone)
        row.remarks = [Truncator(each).chars(300) for each in found.remarks]
    row.save()
    said = {"shelf": row.shelf_id, "files": row.files, "folders": row.folders, "problem": problem}
    said |= {"new": row.new, "changed": row.changed, "missing": row.missing}
    logger.log(logging.WARNING if problem else logging.INFO, "scan", extra={"facts": said})


def note_problem(shelf: Shelf, refusal: NotRead) -> None:
    """Say that a shelf's folder is not there; once, not each time that is found anew."""
    last = Scan.objects.filter(shelf=shelf).order_by("-id").first()
    problem = f"The folder cannot be read, so nothing was called missing. {refusal}"
    if last is None or last.problem != problem:
        end(begin(shelf), problem)
