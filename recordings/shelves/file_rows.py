"""The rows of a shelf's files: compared with what lies there, and written with the job that reads it."""

import logging
from collections.abc import Collection, Mapping

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from kit import jobs
from kit.clock import now
from kit.log_context import REQUEST_ID, new_id
from recordings.choices import Change, FileState
from recordings.models import File, FileChange, Shelf
from recordings.shelves.binary_rows import binary_rows
from recordings.shelves.listing import Known, Status

logger = logging.getLogger(__name__)
CATALOGUE = "recordings.catalogue"
BATCH, FIRST = 500, 10
"""Files are read before others are measured, which takes longer."""
LOCK = 0x5E1F
"""First half of the advisory lock under which a shelf's files are written, so that writers never wait in circles."""


def lock_shelf(shelf_id: int) -> None:
    """Let nobody else write this shelf's files until the open transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, shelf_id % 2**31])


def known_files(shelf: Shelf, below: bytes = b"") -> dict[bytes, Known]:
    """Return the files of a shelf that are not missing, by path; those below a folder, if one is named."""
    rows = File.objects.filter(shelf=shelf).exclude(state=FileState.MISSING)
    if below:
        rows = rows.filter(path__gte=below + b"/", path__lt=below + b"0")  # "0" follows "/" in ASCII
    return {row[0]: row for row in binary_rows(rows.values_list("path", "size", "mtime_ns"))}


def write_found(shelf: Shelf, found: Mapping[bytes, Status]) -> int:
    """Write down files that are new or changed, each with its job; return how many rows were written."""
    paths = sorted(found)
    batches = (paths[at : at + BATCH] for at in range(0, len(paths), BATCH))
    return sum(_write_batch(shelf, {path: found[path] for path in batch}) for batch in batches)


def _write_batch(shelf: Shelf, found: dict[bytes, Status]) -> int:
    with transaction.atomic():
        lock_shelf(shelf.pk)
        rows = _rows(shelf, found)
        File.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["shelf", "path"],
            update_fields=["size", "mtime_ns", "state", "problem", "trace", "changed_at"],
        )
        jobs.defer_each(CATALOGUE, map(job_of, rows), queue=jobs.FILES, priority=FIRST)
    for row in rows:
        said = {REQUEST_ID: row.trace, "shelf": shelf.pk, "file": row.pk, "size": row.size}
        logger.info("file seen", extra={"facts": said})
    return len(rows)


def _rows(shelf: Shelf, found: dict[bytes, Status]) -> list[File]:
    """Return rows for what is not known yet, to be inserted or updated; call under the lock."""
    written = File.objects.filter(shelf=shelf, path__in=found).exclude(state=FileState.MISSING)
    known = {bytes(path): status for path, *status in written.values_list("path", "size", "mtime_ns")}
    return [
        File(shelf=shelf, path=path, size=size, mtime_ns=mtime, trace=new_id())
        for path, (size, mtime) in found.items()
        if known.get(path) != [size, mtime]
    ]


def job_of(file: File) -> dict[str, object]:
    """Return the arguments of the job that reads this content of a file; its log lines say the file's trace."""
    return {
        "file_id": file.pk,
        "size": file.size,
        "mtime_ns": file.mtime_ns,
        REQUEST_ID: file.trace,
    }


def write_missing(shelf: Shelf, gone: Collection[bytes]) -> int:
    """Mark files missing that are gone; return how many."""
    if not gone:
        return 0
    with transaction.atomic():
        lock_shelf(shelf.pk)
        rows = File.objects.filter(shelf=shelf, path__in=gone).exclude(state=FileState.MISSING)
        found = list(rows)
        moment, trace = now(), new_id()
        rows.update(state=FileState.MISSING, problem="", trace=trace, changed_at=moment)
        FileChange.objects.bulk_create(
            FileChange(
                file=file,
                kind=Change.MISSING,
                recording_id=file.recording_id,
                sha256=file.sha256,
                trace=trace,
                at=moment,
            )
            for file in found
        )
    return len(found)


def queue_forgotten(shelf: Shelf) -> int:
    """Queue the job again of files that wait to be read while no such job is left; return how many."""
    with transaction.atomic():
        lock_shelf(shelf.pk)
        if ProcrastinateJob.objects.filter(task_name=CATALOGUE, status__in=["todo", "doing"]).exists():
            return 0
        rows = list(File.objects.filter(shelf=shelf, state=FileState.CHANGED))
        jobs.defer_each(CATALOGUE, map(job_of, rows), queue=jobs.FILES, priority=FIRST)
    return len(rows)
