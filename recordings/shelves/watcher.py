"""A shelf's watcher: a full look now and then is the truth, hints in between let it follow at once."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from django.conf import settings
from django.db import connection

from kit.clock import now
from kit.outages import is_outage
from recordings.file_access import NotRead, open_root
from recordings.models import Shelf
from recordings.shelves import scan
from recordings.shelves.file_rows import queue_forgotten
from recordings.shelves.follower import Follower
from recordings.shelves.hints import Hints, hints_of, ticks
from recordings.shelves.watch_lock import WatchLock

logger = logging.getLogger(__name__)
SCAN_EVERY, SCAN_SOON = 600.0, 60.0
"""Seconds between two full looks; sooner where hints fail or the folder is in doubt."""
SIGN_EVERY = 20.0
WAIT, LONGEST_WAIT = 1.0, 5.0


class ShelfWatcher:
    """Follows one shelf until asked to stop, through outages of the database and folders that come and go."""

    def __init__(self, shelf_id: int, stop: Event) -> None:
        self.shelf_id, self.stop = shelf_id, stop
        self.follower = Follower()
        self.until = self.signed_at = 0.0

    def run(self) -> None:
        wait = WAIT
        while not self.stop.is_set():
            try:
                with WatchLock(self.shelf_id) as lock:
                    while lock.is_held and not self.stop.is_set() and self._watch_once(lock):
                        wait = WAIT
            except Exception as error:
                self._say(error)
            finally:
                connection.close()
            self.stop.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    def _say(self, error: Exception) -> None:
        if is_outage(error):
            logger.warning("The database hung up while shelf %s was watched: %s", self.shelf_id, error)
        else:
            logger.error("Watching shelf %s failed and begins again.", self.shelf_id, exc_info=error)

    def _watch_once(self, lock: WatchLock) -> bool:
        """Watch from one full look until the next is due; False if the shelf or its folder is not there.

        Hints are asked for before the look, so that nothing is lost between the two.
        """
        shelf = Shelf.objects.filter(pk=self.shelf_id).first()
        if shelf is None:
            return False
        self.until = 0.0
        try:
            for hints in self._hints(shelf):
                if not self.until:
                    self._scan(shelf)
                self._step(shelf, hints, lock)
                if time.monotonic() >= self.until:
                    break
        except NotRead as refusal:
            scan.note_problem(shelf, refusal)
            return False
        return True

    def _hints(self, shelf: Shelf) -> Iterator[Hints]:
        with opened_root(shelf):
            folder = settings.SHELVES[shelf.root - 1]
        try:
            yield from hints_of(folder, self.stop)
        except (OSError, RuntimeError) as error:
            logger.warning("No hints of changes on shelf %s: %s", shelf.pk, error)
            self.until = min(self.until, time.monotonic() + SCAN_SOON)
            yield from ticks(self.stop)

    def _scan(self, shelf: Shelf) -> None:
        with opened_root(shelf) as root:
            outcome = scan.scan(shelf, root)
        moment = time.monotonic()
        self.follower.take(outcome.found.files | outcome.sheets, outcome.gone, moment)
        queue_forgotten(shelf)
        is_soon = outcome.problem or outcome.found.leads_away
        self.until = moment + (SCAN_SOON if is_soon else SCAN_EVERY)

    def _step(self, shelf: Shelf, hints: Hints, lock: WatchLock) -> None:
        moment = time.monotonic()
        if moment - self.signed_at >= SIGN_EVERY:
            lock.check()
            Shelf.objects.filter(pk=shelf.pk).update(watched_at=now())
            self.signed_at = moment
        if hints is None:
            self.follower.look_again(b"", moment)
        if self.follower.is_idle and not hints:
            return
        with opened_root(shelf) as root:
            self.follower.heed(shelf, root, hints or (), moment)
            if not self.follower.step(shelf, root, moment):
                self.until = moment


@contextmanager
def opened_root(shelf: Shelf) -> Iterator[int]:
    """Open a shelf's folder for a moment only: held open, its disk could not be disconnected."""
    root = open_root(shelf)
    try:
        yield root
    finally:
        os.close(root)
