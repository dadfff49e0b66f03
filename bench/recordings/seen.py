"""How long after its last write a file has its row: the real `manage.py watch` on a folder of this disk."""

import tempfile
import time
from pathlib import Path
from statistics import median

from bench.recordings.rows import Row
from bench.setup import ROOT

FILES = 12
TARGET = 6.0


def measure(url: str, database: str) -> list[Row]:
    from labels.tests.builders import make_user  # lazy: needs settings
    from recordings.models import Scan, Shelf  # lazy: needs settings
    from trackflow.testing.workers import wait_for, watcher  # lazy: needs settings

    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        Shelf.objects.all().delete()
        shelf = Shelf.objects.create(person=make_user(), name="Seen", root=1)
        with watcher(url, database, SHELVES=folder, LOG_LEVEL="ERROR"):
            wait_for(
                lambda: Scan.objects.filter(shelf=shelf).exclude(ended_at=None).exists(), "the first scan"
            )
            times = [_seen_after(shelf, Path(folder), number) for number in range(FILES)]
    return [
        Row(
            "a file seen after its last write",
            f"{max(times):.1f} s",
            "5 s that it has to stand still",
            f"≤ {TARGET:.0f} s",
            max(times) <= TARGET,
            f"The slowest of {FILES} files, each third in a new folder; median {median(times):.1f} s.",
        )
    ]


def _seen_after(shelf: object, root: Path, number: int) -> float:
    from recordings.models import File  # lazy: needs settings

    folder = root / f"New {number}" if number % 3 == 0 else root
    folder.mkdir(exist_ok=True)
    with (folder / f"{number}.wav").open("wb", buffering=0) as file:
        for _ in range(4):
            file.write(b"x" * 10_000)
            time.sleep(0.3)
        file.write(b"end")
        written = time.monotonic()
    path = str((folder / f"{number}.wav").relative_to(root)).encode()
    while not File.objects.filter(shelf=shelf, path=path).exists():  # type: ignore[misc]
        time.sleep(0.02)
    return time.monotonic() - written
