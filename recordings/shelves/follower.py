"""Follows what changes on a shelf: what was hinted at is looked up, and written down once it has settled."""

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress

from recordings.choices import FileState
from recordings.file_access import NotRead, status_at
from recordings.models import File, Shelf
from recordings.shelves.cue_sheets import differing, write_sheets
from recordings.shelves.endings_table import is_audio, is_sheet
from recordings.shelves.file_rows import known_files, write_found, write_missing
from recordings.shelves.listing import Status, look
from recordings.shelves.scan import SUSPICIOUS
from recordings.shelves.unsettled_files import UnsettledFiles

ASK_EVERY, ASKED = 0.5, 500
"""Seconds between two looks at files that settle, as long as they are so few."""
YOUNG, YOUNG_EVERY = 3.0, 0.5
"""Seconds for which a new folder is looked at anew, and how often: files made with it are not always told of."""
WRITTEN = 2000
"""Files that are written down in one step."""


class Follower:
    """What is on its way into the rows of one shelf; moments are of a monotonic clock."""

    def __init__(self) -> None:
        self.unsettled = UnsettledFiles()
        self.young: dict[bytes, float] = {}
        self.asked_at = self.looked_at = 0.0

    @property
    def is_idle(self) -> bool:
        return not self.unsettled.seen and not self.young

    def take(self, found: Mapping[bytes, Status | None], gone: Iterable[bytes], moment: float) -> None:
        """Let what a full look found differ settle."""
        for path, status in found.items():
            self.unsettled.note(path, status, moment)
        for path in gone:
            self.unsettled.note(path, None, moment)

    def look_again(self, folder: bytes, moment: float) -> None:
        """Look at a folder now and for some seconds more."""
        self.young[folder] = moment + YOUNG
        self.looked_at = 0.0

    def heed(self, shelf: Shelf, root: int, hints: Iterable[bytes], moment: float) -> None:
        """Look up what lies at each path that was hinted at."""
        for path in hints:
            try:
                status = status_at(root, path)
            except (OSError, NotRead):
                continue  # the next full look says so
            if status is not None and stat.S_ISDIR(status.st_mode):
                self.look_again(path, moment)
            elif status is not None and stat.S_ISREG(status.st_mode):
                self._note(path, (status.st_size, status.st_mtime_ns), moment)
            else:
                self._miss(shelf, path, moment)

    def step(self, shelf: Shelf, root: int, moment: float) -> bool:
        """Look at new folders and at files that settle, write down what did; False if the folder is in doubt."""
        if self.young and moment - self.looked_at >= YOUNG_EVERY:
            self.looked_at = moment
            self._look_at_young(shelf, root, moment)
        if len(self.unsettled) <= ASKED and moment - self.asked_at >= ASK_EVERY:
            self.asked_at = moment
            self._ask(root, list(self.unsettled.seen), moment)
        due = list(self.unsettled.still(moment))[:WRITTEN]
        return self._write(shelf, root, due, moment) if due else True

    def _note(self, path: bytes, status: Status | None, moment: float) -> None:
        name = path.rpartition(b"/")[2]
        if (is_audio(name) or is_sheet(name)) and not any(each.startswith(b".") for each in path.split(b"/")):
            self.unsettled.note(path, status, moment)

    def _miss(self, shelf: Shelf, path: bytes, moment: float) -> None:
        """Nothing is at a path that was a file or a folder."""
        self._note(path, None, moment)
        for below in known_files(shelf, path):
            self.unsettled.note(below, None, moment)

    def _look_at_young(self, shelf: Shelf, root: int, moment: float) -> None:
        for folder, until in list(self.young.items()):
            if moment >= until:
                del self.young[folder]
            with suppress(OSError, NotRead):  # gone again
                found = look(root, folder, known_files(shelf, folder))
                self.take(found.files | differing(shelf, found, folder), found.gone, moment)

    def _ask(self, root: int, paths: Iterable[bytes], moment: float) -> None:
        """Look at files that settle: their time begins anew if they changed. What cannot be asked is left alone."""
        for path in paths:
            try:
                status = status_at(root, path)
            except (OSError, NotRead):
                self.unsettled.forget(path)
                continue
            is_file = status is not None and stat.S_ISREG(status.st_mode)
            self.unsettled.note(
                path, (status.st_size, status.st_mtime_ns) if status and is_file else None, moment
            )

    def _write(self, shelf: Shelf, root: int, due: list[bytes], moment: float) -> bool:
        self._ask(root, due, moment)
        still = self.unsettled.still(moment)
        settled = {path: still[path] for path in due if path in still}
        sheets = {path: settled.pop(path) for path in list(settled) if is_sheet(path)}
        gone = [path for path, status in settled.items() if status is None]
        is_sure = not gone or not _is_doubtful(shelf, root, gone)
        if is_sure:
            write_missing(shelf, gone)
        write_found(shelf, {path: status for path, status in settled.items() if status is not None})
        write_sheets(shelf, {path: status for path, status in sheets.items() if status or is_sure})
        for path in (*settled, *sheets):
            self.unsettled.forget(path)
        return is_sure


def _is_doubtful(shelf: Shelf, root: int, gone: list[bytes]) -> bool:
    """Whether this may be another folder: it is empty, or everything that is known is gone at once."""
    with os.scandir(root) as entries:
        if next(entries, None) is None:
            return True
    there = File.objects.filter(shelf=shelf).exclude(state=FileState.MISSING)
    count = there.filter(path__in=gone).count()
    return count >= SUSPICIOUS and count == there.count()
