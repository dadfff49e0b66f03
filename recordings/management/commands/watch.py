"""Follow what changes in the folders of recordings."""

import importlib.util
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recordings.shelves.watch import watch


class Command(BaseCommand):
    help = "Follow what changes in the folders of SHELVES until stopped; `worker --queue files` reads what it finds."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SHELVES:
            raise CommandError("SHELVES names no folders: there is nothing to watch (docs/recordings.md).")
        if importlib.util.find_spec("watchfiles") is None:
            raise CommandError("Watching needs the extra `local`: install requirements-local.txt.")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        watch(stop)
