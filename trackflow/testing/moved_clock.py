"""A clock that can be moved while processes run: an offset in a file, which all of them follow."""

import mmap
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

VARIABLE = "MOVED_CLOCK"
OFFSET = struct.Struct("d")


@dataclass(frozen=True)
class MovedClock:
    """The file; processes with `trackflow.testing.moved_settings` and its path in MOVED_CLOCK follow it."""

    path: Path

    def __post_init__(self) -> None:
        self.move(0)

    def move(self, seconds: float) -> None:
        """Let all clocks be so many seconds ahead of the machine's from now on; less than 0 is behind."""
        with suppress(FileNotFoundError), self.path.open("r+b") as file:
            file.write(OFFSET.pack(seconds))
            return
        self.path.write_bytes(OFFSET.pack(seconds))

    @property
    def environment(self) -> dict[str, Any]:
        return {VARIABLE: str(self.path), "DJANGO_SETTINGS_MODULE": "trackflow.testing.moved_settings"}


def follow(path: str) -> None:
    """Let this process, which has loaded nothing of ours yet, tell the time by a file."""
    with Path(path).open("rb") as file:
        view = mmap.mmap(file.fileno(), OFFSET.size, access=mmap.ACCESS_READ)

    real = time.time
    time.time = lambda: real() + float(OFFSET.unpack(view)[0])
    _follow_time()


def _follow_time() -> None:
    from django.utils import timezone  # lazy: only a process that follows needs them

    from kit import clock  # lazy: as above

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime
            return datetime.fromtimestamp(time.time(), tz)

    for module in (clock, timezone):
        module.datetime = Moved  # type: ignore[attr-defined]  # which is the point
