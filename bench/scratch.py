"""A database that is made for one measurement and dropped after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django


@contextmanager
def database() -> Iterator[None]:
    """Set Django up and point it at a fresh, migrated database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
    django.setup()
    from trackflow.testing.databases import TestDatabases  # lazy: needs settings

    with TestDatabases.connect().clone():
        yield
