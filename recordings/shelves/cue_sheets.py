"""The CUE sheets of a shelf: those that appear or change are read by the recording that they lie beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from kit import jobs
from recordings.choices import FileState
from recordings.models import CueSheet, File, Shelf
from recordings.shelves.file_rows import lock_shelf
from recordings.shelves.listing import Listing, Status

READ = "recordings.read_cue"


def names_beside(name: bytes) -> list[bytes]:
    """Return how the sheet of a file may be called; the first name is the one that we write."""
    stem = name.rpartition(b".")[0] or name
    return [stem + b".cue", stem + b".CUE", name + b".cue"]


def differing(shelf: Shelf, found: Listing, below: bytes = b"") -> dict[bytes, Status | None]:
    """Return sheets that are new or changed, and with None those that are gone, below a folder that was looked at."""
    known = _known(shelf, below)
    other = {path: status for path, status in found.sheets.items() if known.get(path) != status}
    gone = (path for path in known if path not in found.sheets and not found.is_closed(path))
    return other | dict.fromkeys(gone)


def write_sheets(shelf: Shelf, seen: Mapping[bytes, Status | None]) -> None:
    """Write down sheets that stood still, and queue the job of each recording that one lies beside.

    A file that is not catalogued yet looks for its sheet once it is.
    """
    if not seen:
        return
    with transaction.atomic():
        lock_shelf(shelf.pk)
        known = dict(_rows(CueSheet.objects.filter(shelf=shelf, path__in=seen)))
        other = {path: status for path, status in seen.items() if status and known.get(path) != status}
        CueSheet.objects.filter(shelf=shelf, path__in=[path for path in seen if not seen[path]]).delete()
        CueSheet.objects.bulk_create(
            [
                CueSheet(shelf=shelf, path=path, size=size, mtime_ns=time)
                for path, (size, time) in other.items()
            ],
            update_conflicts=True,
            unique_fields=["shelf", "path"],
            update_fields=["size", "mtime_ns"],
        )
        recordings = sorted({pk for path in other for pk in _recordings_beside(shelf, path)})
        jobs.defer_each(READ, [{"recording_id": pk} for pk in recordings], queue=jobs.FILES)


def _recordings_beside(shelf: Shelf, sheet: bytes) -> list[int]:
    """Return the recordings whose present files this sheet may belong to. One query."""
    folder, _, name = sheet.rpartition(b"/")
    base = sheet[: -len(b".cue")]
    same_stem = Q(path=base) | Q(path__gte=base + b".", path__lt=base + b"/")  # "/" follows "." in ASCII
    rows = File.objects.filter(same_stem, shelf=shelf, state=FileState.PRESENT).exclude(recording=None)
    beside: Any = rows.values_list("path", "recording_id")  # psycopg gives bytes
    prefix = len(folder) + 1 if folder else 0
    return [pk for path, pk in beside if name in names_beside(path[prefix:])]


def _known(shelf: Shelf, below: bytes) -> dict[bytes, Status]:
    rows = CueSheet.objects.filter(shelf=shelf)
    if below:
        rows = rows.filter(path__gte=below + b"/", path__lt=below + b"0")  # "0" follows "/" in ASCII
    return dict(_rows(rows))


def _rows(rows: Any) -> Iterable[tuple[bytes, Status]]:
    return ((path, (size, time)) for path, size, time in rows.values_list("path", "size", "mtime_ns"))
