"""Watching all shelves of this machine, each in a thread of its own, until asked to stop."""

import logging
from contextlib import suppress
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from psycopg_pool import PoolTimeout

from recordings.models import Shelf
from recordings.shelves.watcher import ShelfWatcher

logger = logging.getLogger(__name__)
EVERY = 2.0
"""Seconds between two looks for shelves that an admin made or took away."""
PATIENCE = 10.0
"""Seconds that a watcher has to end in order; one that a dead disk holds is left behind."""


def watch(stop: Event) -> None:
    """Watch every shelf whose folder the setting names."""
    running: dict[int, Thread] = {}
    while not stop.is_set():
        for shelf_id in _shelves():
            if shelf_id not in running or not running[shelf_id].is_alive():
                running[shelf_id] = Thread(target=ShelfWatcher(shelf_id, stop).run, daemon=True)
                running[shelf_id].start()
        stop.wait(EVERY)
    for thread in running.values():
        thread.join(PATIENCE)


def _shelves() -> list[int]:
    """Return the shelves to watch; none while the database is away."""
    try:
        with suppress(DatabaseError, InterfaceError, PoolTimeout):
            return list(Shelf.objects.filter(root__lte=len(settings.SHELVES)).values_list("pk", flat=True))
    finally:
        connection.close()
    return []
