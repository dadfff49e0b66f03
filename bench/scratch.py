"""A database that is made for one measurement and dropped after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django


@contextmanager
def database() -> Iterator[tuple[str, str]]:
    """Set Django up and point it at a fresh, migrated database; yields the server's URL and the database's name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
    django.setup()
    from django.db import connections  # lazy: needs settings

    from trackflow.testing.databases import TestDatabases  # lazy: as above

    databases = TestDatabases.connect()
    with databases.clone() as name:
        try:
            yield databases.runtime, name
        finally:
            connections.close_all()
