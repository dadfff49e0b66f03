"""Hints that something changed in a folder, by watchfiles. Only hints: what is true is looked up each time."""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchfiles.main import FileChange

logger = logging.getLogger(__name__)
TICK = 0.25
"""Seconds between two answers while nothing changes."""
POLLED = 5000
"""Milliseconds between two looks at folders that tell of no changes."""
MOUNTS = Path("/proc/self/mountinfo")
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone"}
)
"""File systems, by their names in `MOUNTS` (proc(5)), whose changes elsewhere nobody tells us."""

Hints = set[bytes] | None
"""Paths below the root where something may have changed; None: anywhere."""


def hints_of(root: Path, stop: Event) -> Iterator[Hints]:
    """Yield what may have changed, at least every tick, until asked to stop.

    OSError or RuntimeError if the folder cannot be watched.
    """
    prefix = os.fsencode(root).rstrip(b"/") + b"/"
    while not stop.is_set():
        try:
            for changes in _changes(root, stop):
                paths = [os.fsencode(name) for _, name in changes]
                yield {path.removeprefix(prefix) for path in paths if path.startswith(prefix)}
            return
        except RuntimeError as error:
            if "decode path" not in str(error):
                raise
        yield None  # a name that is not UTF-8, at which watchfiles ends


def _changes(root: Path, stop: Event) -> "Iterator[set[FileChange]]":
    from watchfiles import watch  # lazy: the extra local

    return watch(
        root,
        watch_filter=None,
        stop_event=stop,
        debounce=250,
        step=50,
        rust_timeout=round(1000 * TICK),
        yield_on_timeout=True,
        force_polling=is_remote(root),
        poll_delay_ms=POLLED,
        ignore_permission_denied=True,
        raise_interrupt=False,
    )


def ticks(stop: Event) -> Iterator[Hints]:
    """Yield that nothing is known to have changed, each tick, until asked to stop: for what cannot be watched."""
    while not stop.wait(TICK):
        yield set()


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on a network file system, as far as the system says so."""
    kinds = {}
    with suppress(OSError):
        for line in MOUNTS.read_text(errors="surrogateescape").splitlines():
            before, _, after = line.partition(" - ")
            kinds[_plain(before.split()[4])] = after.split()[0]
    above = [str(folder.resolve()), *map(str, folder.resolve().parents)]
    return next((kinds[each] for each in above if each in kinds), "") in NETWORK


def _plain(mounted: str) -> str:
    """Undo the octal escapes of mountinfo (proc(5))."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mounted = mounted.replace(code, letter)
    return mounted
