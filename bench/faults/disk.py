"""A disk of its own for the database, which can be full: a tmpfs, which only root may mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = 2_000_000_000
LEFT = 4096
"""Bytes that a full disk still has."""


@dataclass(frozen=True)
class SmallDisk:
    """A folder; `can_be_full` if it is a disk of its own."""

    folder: Path
    can_be_full: bool

    @classmethod
    @contextmanager
    def mounted(cls, folder: Path) -> Iterator["SmallDisk"]:
        folder.mkdir()
        folder.chmod(0o755)
        options = ["-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder)]
        is_mounted = os.geteuid() == 0 and not _run("mount", *options)
        try:
            yield cls(folder, is_mounted)
        finally:
            if is_mounted:
                _run("umount", "--lazy", str(folder))

    def fill(self) -> None:
        """Leave next to nothing."""
        used = shutil.disk_usage(self.folder).used
        _run("mount", "-o", f"remount,size={used + LEFT}", str(self.folder))

    def empty(self) -> None:
        _run("mount", "-o", f"remount,size={SIZE}", str(self.folder))


def _run(*words: str) -> int:
    return subprocess.run(words, capture_output=True, check=False).returncode  # noqa: S603  # our own words
