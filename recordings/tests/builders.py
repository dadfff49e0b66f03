"""Shelves and recordings for tests, here and in the apps above. They write rows alone, no files."""

from itertools import count
from typing import Any

from accounts.models import User
from labels.models import Label
from recordings.choices import FileState
from recordings.models import File, Recording, Shelf

_numbers = count(1)


def make_shelf(*, label: Label | None = None, person: User | None = None, **fields: Any) -> Shelf:
    """Create a shelf of a label or a person, in the next folder unless `root` says which."""
    number = next(_numbers)
    known = {"name": f"Shelf {number}", "root": number}
    return Shelf.objects.create(label=label, person=person, **known | fields)


def make_recording(shelf: Shelf, **fields: Any) -> Recording:
    """Create a recording without a file."""
    return Recording.objects.create(shelf=shelf, **fields)


def make_file(recording: Recording, path: str = "", **fields: Any) -> File:
    """Create a file of a recording that is present."""
    name = path or f"file {next(_numbers)}.flac"
    known = {"size": 1_000, "mtime_ns": 0, "state": FileState.PRESENT, "shelf": recording.shelf}
    return File.objects.create(recording=recording, path=name.encode(), **known | fields)
