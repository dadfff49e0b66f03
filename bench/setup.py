"""Databases to measure on: one for each size, loaded once and kept; what is measured runs on a clone of it."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "trackflow_bench_"
DECIDES_DATA = (
    "requirements.txt",
    "*/migrations/*.py",
    "kit/canonical.py",
    "kit/chain.py",
    "submissions/history.py",
    "submissions/payloads.py",
    "submissions/projections.py",
    "submissions/revisions.py",
    "insights/facts.py",
    *(
        f"bench/{name}.py"
        for name in (
            "histories",
            "life_table",
            "load",
            "plan",
            "population",
            "release_rows",
            "studio_rows",
            "tracks",
        )
    ),
)
"""What is loaded is loaded anew once one of these files has changed."""


def set_up(database: str = "") -> None:
    """Set Django up as it is measured, pointed at this database as the runtime role if one is named."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ |= {"DEBUG": "off", "HTTPS": "off", "LOG_LEVEL": "ERROR"}
    django.setup()
    if database:
        from trackflow.testing.databases import TestDatabases, use  # lazy: needs settings

        TestDatabases.connect()
        use(database)


def kept_name(what: str) -> str:
    """Return the name of the database of so many of something, for the code as it is."""
    digest = hashlib.sha256()
    for path in sorted(found for pattern in DECIDES_DATA for found in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return f"{PREFIX}{what}_{digest.hexdigest()[:12]}"


@contextmanager
def loaded(count: int, fill: Callable[[str], None], of: str = "") -> Iterator[str]:
    """Point Django at a clone of the database of so many submissions, or `of` others; `fill` loads a missing one."""
    from trackflow.testing.databases import TestDatabases  # lazy: needs settings

    databases, name = TestDatabases.connect(), kept_name(f"{of}{count}")
    if not databases.exists(name):
        databases.drop_all(f"{PREFIX}{of}{count}_")
        draft = f"{PREFIX}{of}{count}_draft"
        databases.keep(draft, fresh=True)
        databases.mark("bench")
        fill(draft)
        databases.vacuum()
        databases.rename(draft, name)
    with databases.clone(name) as clone:
        with databases.raw(databases.owner) as owner:  # commits reach the disk, as they would for real
            owner.execute(SQL("ALTER DATABASE {} RESET synchronous_commit").format(Identifier(clone)))
        yield clone
