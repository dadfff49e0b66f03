import ctypes
import gc
import os
from contextlib import suppress
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
django.setup(set_prefix=False)

from kit.outages import limit_waits  # noqa: E402  # after setup
from trackflow.bodies import Request  # noqa: E402  # as above

limit_waits(settings.DATABASES["default"]["OPTIONS"], settings.DATABASE_LOCK_TIMEOUT)


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serve a request; to HEAD without a body, for gunicorn logs a warning about each that it has to drop."""
        response = super().__call__(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        response.close()
        return []


application = Handler()
import_module(settings.ROOT_URLCONF)

# What is loaded by now stays: no use looking through it for garbage after every few hundred objects, as Python would.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)

# Threads share two of glibc’s arenas, not up to eight per processor, each of which keeps what it once held.
M_ARENA_MAX, ARENAS = -8, 2
with suppress(AttributeError, OSError):  # another C library
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
