"""A full look at 100,000 files that are all known, against a `stat` of each."""

import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.recordings.rows import Row
from bench.setup import ROOT

FOLDERS, EACH = 1_000, 100
ROUNDS = 7
MEMORY = Path("/dev/shm")  # noqa: S108  # ours alone
"""What a `stat` costs once a folder was read, without writing 100,000 files to a disk first."""
TARGET = 2.0


def measure() -> list[Row]:
    from django.conf import settings  # lazy: needs settings

    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else ROOT / "var") as folder:
        root = Path(folder)
        paths = _write(root)
        settings.SHELVES = [root]
        shelf = _known_shelf(root)
        rounds = [(_stat_all(paths), _rescan(shelf)) for _ in range(ROUNDS)]
    stat, ours = (median(each) for each in zip(*rounds, strict=True))
    return [
        Row(
            f"rescan of {len(paths):,} known files",
            f"{ours:.2f} s",
            f"`stat` of all: {stat:.2f} s",
            f"≤ {TARGET:.0f} ×",
            ours <= TARGET * stat,
            f"A rescan took {ours / stat:.2f} times as long as a `stat` of each, with the rows of all read from the "
            f"database (median of {ROUNDS} rounds).",
        )
    ]


def _write(root: Path) -> list[str]:
    paths = []
    for number in range(FOLDERS):
        folder = root / f"Artist {number // 10}" / f"Release {number}"
        folder.mkdir(parents=True)
        for track in range(EACH):
            path = folder / f"{track:02} Title {number}.flac"
            path.write_bytes(b"x" * (track + 1))
            paths.append(str(path))
    return paths


def _known_shelf(root: Path) -> object:
    """Make a shelf that knows what lies there, as if all had been read."""
    from labels.tests.builders import make_user  # lazy: needs settings
    from recordings.choices import FileState  # lazy: needs settings
    from recordings.models import File, Shelf  # lazy: needs settings
    from recordings.shelves.listing import look  # lazy: needs settings

    shelf = Shelf.objects.create(person=make_user(), name="Bench", root=1)
    descriptor = os.open(root, os.O_RDONLY)
    rows = [
        File(shelf=shelf, path=path, size=size, mtime_ns=mtime, state=FileState.PRESENT)
        for path, (size, mtime) in look(descriptor).files.items()
    ]
    os.close(descriptor)
    File.objects.bulk_create(rows, batch_size=5_000)
    return shelf


def _stat_all(paths: list[str]) -> float:
    began = perf_counter()
    for path in paths:
        os.stat(path, follow_symlinks=False)
    return perf_counter() - began


def _rescan(shelf: object) -> float:
    from recordings.shelves.scan import scan  # lazy: needs settings
    from recordings.shelves.watcher import opened_root  # lazy: needs settings

    began = perf_counter()
    with opened_root(shelf) as root:  # type: ignore[arg-type]
        outcome = scan(shelf, root)  # type: ignore[arg-type]
    assert outcome.found.same == FOLDERS * EACH, "a known file differs"
    return perf_counter() - began
