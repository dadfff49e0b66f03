"""A shelf looked at and read at once, instead of by a watcher and a worker."""

from recordings.models import File, Shelf
from recordings.shelves.catalogue import catalogue
from recordings.shelves.cue_sheets import write_sheets
from recordings.shelves.file_rows import write_found, write_missing
from recordings.shelves.scan import ScanResult, scan
from recordings.shelves.watcher import opened_root


def look(shelf: Shelf) -> ScanResult:
    """Look at everything and write down what differs, as after five quiet seconds; nothing is read."""
    with opened_root(shelf) as root:
        outcome = scan(shelf, root)
    write_missing(shelf, outcome.gone)
    write_found(shelf, outcome.found.files)
    write_sheets(shelf, outcome.sheets)
    return outcome


def follow(shelf: Shelf) -> ScanResult:
    """Look at everything and read what is new or changed."""
    outcome = look(shelf)
    for file in File.objects.filter(shelf=shelf, state="changed").order_by("pk"):
        catalogue(file.pk, file.size, file.mtime_ns)
    return outcome


def states(shelf: Shelf) -> dict[str, str]:
    return {file.shown_path: file.state for file in File.objects.filter(shelf=shelf)}


def changes(shelf: Shelf, path: str) -> list[str]:
    """What became of the file at a path, in order."""
    file = File.objects.get(shelf=shelf, path=path.encode())
    return list(file.changes.order_by("id").values_list("kind", flat=True))
