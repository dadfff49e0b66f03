"""The database with the demo's data: a template kept on the server, built anew once code, data or the hour change."""

import hashlib
from datetime import timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from psycopg.sql import SQL, Identifier

from kit.clock import now
from trackflow.testing.databases import TestDatabases, use

PREFIX, DRAFT = "trackflow_demo_", "trackflow_demodraft"
KEPT = 2
FRESH = timedelta(hours=3)  # the demo ends at the moment it was played
SOURCES = ("*.py", "*.sql", "*.toml", "*.csv")


def demo_template(databases: TestDatabases) -> str:
    """Return the name of a template with the demo's data, playing the demo at first."""
    name = PREFIX + _key()
    with psycopg.connect(databases.owner, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        if name not in _names(owner):
            _build(databases, owner, name)
    return name


def _build(databases: TestDatabases, owner: psycopg.Connection[tuple[str]], name: str) -> None:
    before = connection.settings_dict["NAME"]
    databases.keep(DRAFT, fresh=True)
    owner.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(Identifier(DRAFT)))
    databases.mark("demo")
    try:
        with override_settings(DEMO=True):
            call_command("demo_data", verbosity=0)
    finally:
        use(before)
    owner.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(DRAFT), Identifier(name)))
    for old in _names(owner)[:-KEPT]:
        owner.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(old)))


def _names(owner: psycopg.Connection[tuple[str]]) -> list[str]:
    """Return the templates there are, oldest first."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
    return [name for (name,) in owner.execute(query, [PREFIX])]


def _key() -> str:
    """Return a digest of what decides how the data looks: dependencies, code, data, and the time."""
    digest = hashlib.sha256(str(now().timestamp() // FRESH.total_seconds()).encode())
    digest.update(Path(settings.BASE_DIR, "requirements.txt").read_bytes())
    for app in sorted(path.parent for path in Path(settings.BASE_DIR).glob("*/__init__.py")):
        for path in sorted(each for kind in SOURCES for each in app.rglob(kind)):
            if "tests" not in path.relative_to(settings.BASE_DIR).parts:
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:12]
