"""What the shelves' page says: the last look at each folder, and files that need somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils.http import urlencode

from recordings.access import SeenShelf
from recordings.choices import FileState
from recordings.models import File, Scan, Shelf

TROUBLE = (FileState.UNREADABLE, FileState.MISSING, FileState.CHANGED)
"""States that are counted, the worst first."""


@dataclass(frozen=True)
class StateCount:
    """How many files of a shelf are in a state, and the query string of their list."""

    state: FileState
    count: int
    query: str


@dataclass(frozen=True)
class ShelfCard:
    """A shelf with its last scan, None before the first one."""

    seen: SeenShelf
    scan: Scan | None
    counts: tuple[StateCount, ...]

    @property
    def shelf(self) -> Shelf:
        return self.seen.shelf

    @property
    def folder(self) -> str:
        return folder_name(self.shelf.root)

    @property
    def is_scanned(self) -> bool:
        """Whether somebody looks at the folder right now; a look that a killed watcher left open is over."""
        return bool(self.scan and self.scan.ended_at is None and self.shelf.is_watched)

    @property
    def is_read(self) -> bool:
        """Whether files of it are being read."""
        return any(each.state == FileState.CHANGED for each in self.counts)

    @property
    def problem(self) -> str:
        """What is wrong with the folder or with who follows it, "" if nothing is."""
        if not folder_name(self.shelf.root):
            return f"SHELVES names no folder number {self.shelf.root}. Ask whoever runs this site."
        if self.scan and self.scan.problem:
            return self.scan.problem
        if not self.shelf.is_watched:
            return "Nobody follows this folder now, so changes are not seen. It needs “manage.py watch”."
        return ""


def folder_name(root: int) -> str:
    """Return the last part of the path that `SHELVES` has at this number, "" if it has none."""
    return Path(settings.SHELVES[root - 1]).name if 1 <= root <= len(settings.SHELVES) else ""


def shelf_cards(shelves: Sequence[SeenShelf]) -> list[ShelfCard]:
    """Return a card for each shelf. Two queries."""
    rows = [each.shelf for each in shelves]
    latest = Scan.objects.filter(shelf__in=rows).order_by("shelf", "-id").distinct("shelf")
    scans = {scan.shelf_id: scan for scan in latest}
    counted = File.objects.filter(shelf__in=rows, state__in=TROUBLE).values_list("shelf", "state")
    counts = {(shelf, state): count for shelf, state, count in counted.annotate(Count("pk"))}
    return [ShelfCard(each, scans.get(each.shelf.pk), tuple(_counts(each.shelf, counts))) for each in shelves]


def _counts(shelf: Shelf, counts: dict[tuple[int, str], int]) -> list[StateCount]:
    return [
        StateCount(
            state, counts[shelf.pk, state], urlencode({"state": str(state), "folder": str(shelf.root)})
        )
        for state in TROUBLE
        if (shelf.pk, state) in counts
    ]
