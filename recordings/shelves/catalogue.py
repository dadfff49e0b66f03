"""What was read of a file is written down: in one transaction, the same however often it is done."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet

from kit import jobs
from kit.log_context import say
from recordings.choices import FileState
from recordings.facts.service import record_tags
from recordings.file_access import NotRead, open_below, open_root
from recordings.models import File, Recording
from recordings.shelves.file_history import Before, note, origin_of, take_place_of
from recordings.shelves.file_rows import lock_shelf
from recordings.shelves.identity import ChangedMeanwhile, Identity, identity_of
from recordings.shelves.recording_rows import recording_of

MEASURE = "recordings.measure"
WAITING = (FileState.CHANGED, FileState.UNREADABLE)
FAILED = "Trackflow could not read it and will try again. The log says why, under {trace}."


def catalogue(file_id: int, size: int, mtime_ns: int) -> Recording | None:
    """Read a file and write down what it is; return its recording, None if there is none or nothing to do.

    Raises NotRead for trouble that may pass, with its sentence written on the file. What changed meanwhile is left to
    the watcher, which sees it.
    """
    asked = File.objects.filter(pk=file_id, size=size, mtime_ns=mtime_ns, state__in=WAITING)
    file = asked.select_related("shelf").first()
    if file is None:
        return None
    with _root_of(file) as root:
        try:
            with _opened(root, file) as stream:
                identity = identity_of(stream, size, mtime_ns)
        except ChangedMeanwhile:
            return None
        except NotRead as refusal:
            if refusal.is_lasting:
                return None
            asked.update(state=FileState.UNREADABLE, problem=str(refusal))
            raise
        return _write(asked, identity, root)


def note_failure(file_id: int, size: int, mtime_ns: int) -> None:
    """Say on a file that reading it failed for a reason that nobody foresaw."""
    for file in File.objects.filter(pk=file_id, size=size, mtime_ns=mtime_ns, state__in=WAITING):
        file.state, file.problem = FileState.UNREADABLE, FAILED.format(trace=file.trace)
        file.save(update_fields=["state", "problem"])


@contextmanager
def _root_of(file: File) -> Iterator[int]:
    root = open_root(file.shelf)
    try:
        yield root
    finally:
        os.close(root)


@contextmanager
def _opened(root: int, file: File) -> Iterator[BinaryIO]:
    with open(open_below(root, bytes(file.path)), "rb", buffering=0) as stream:
        yield stream


def _write(asked: QuerySet[File], identity: Identity, root: int) -> Recording | None:
    with transaction.atomic():
        shelf_id = asked.values_list("shelf_id", flat=True).first()
        if shelf_id is None:
            return None
        lock_shelf(shelf_id)
        file = asked.select_for_update(of=("self",)).select_related("shelf", "recording").first()
        if file is None:
            return None
        recording = recording_of(file.shelf, identity)
        place = _place(file, recording, identity, root)
        if recording:
            say(recording=recording.reference)
            record_tags(recording, identity.tags)
            jobs.defer([MEASURE], queue=jobs.FILES, file_id=place.pk)
    return recording


def _place(file: File, recording: Recording | None, identity: Identity, root: int) -> File:
    """Write down what lies at a file's place, and what became of it; return its row, another one if it was moved."""
    origin, before = origin_of(file, recording, identity, root), Before.of(file)
    former_path = bytes(origin.path) if origin else None
    file.sha256, file.xxh128, file.problem = identity.sha256, identity.xxh128, identity.problem
    file.state = FileState.PRESENT if recording else FileState.UNREADABLE
    file.recording = recording or file.recording
    place = take_place_of(origin, file) if origin and before.is_new else file
    place.save()
    note(place, before, former_path)
    return place
