"""Test databases: one migrated template, cloned for the session and for each test that commits.

The owner creates them, the runtime role uses them: a test has the application's rights and no more.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, LiteralString

import environ
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from trackflow.devdb import instance
from trackflow.testing.clones import Clones

THREADS = 24  # connections that one test process may hold through Django
TEMPLATE, SESSION, DRAFT = "trackflow_template_", "trackflow_test_", "trackflow_template_draft"
TEMPLATES_KEPT = 8  # for other versions of the code
# Modules and packages that decide what a migrated database is; tables of data do too.
SCHEMA = {"migrations", "models", "apps", "choices", "clock", "codes", "countries", "keys", "roles", "deploy"}
# Those that write no rows.
WITHOUT_ROWS = {"tests", "views", "forms", "urls", "admin", "templatetags", "commands"}


@dataclass
class TestDatabases:
    """The databases of one test session, on the embedded server or on DATABASE_OWNER_URL's."""

    __test__ = False

    runtime: str
    owner: str
    superuser: str | None = None

    @classmethod
    def connect(cls, server: instance.Server = instance.KEPT) -> "TestDatabases":
        """Use the server that DATABASE_OWNER_URL names, or an embedded one for this process's lifetime."""
        owner = os.environ.get("DATABASE_OWNER_URL")
        found = cls(settings.DATABASE_URL, owner) if owner else cls(*instance.start(server))
        found._configure("default", found.runtime)
        return found

    @contextmanager
    def clone(self, template: str | None = None) -> Iterator[str]:
        """Point Django, in all threads, at a fresh clone of a template (default: the migrated one); drop it after."""
        clones = self._clones if template is None else Clones(self.owner, template, self._numbered)
        name, before = clones.take(), connection.settings_dict["NAME"]
        use(name)
        try:
            yield name
        finally:
            use(before)
            clones.give_back(name)

    def keep(self, name: str, *, fresh: bool = False) -> None:
        """Point Django at a permanent database, created (or recreated) from the template, and migrate it."""
        if fresh:
            self._as_owner("DROP DATABASE IF EXISTS {}", name)
        if name not in self._names(name):
            self._as_owner("CREATE DATABASE {} TEMPLATE {}", name, self._template())
        with self.owner_alias(name):
            call_command("deploy", verbosity=0)
        use(name)

    def exists(self, name: str) -> bool:
        return name in self._names(name)

    def drop_all(self, prefix: str) -> None:
        """Drop the databases whose names begin so."""
        for name in self._names(prefix):
            self._as_owner("DROP DATABASE {}", name)

    def rename(self, name: str, new: str) -> None:
        """Rename the database in use; Django is pointed at none until told."""
        use(new)
        self._as_owner("ALTER DATABASE {} RENAME TO {}", name, new)

    def vacuum(self) -> None:
        """Run VACUUM ANALYZE on the database in use, as autovacuum would in time."""
        with self.raw(self.owner) as owner:
            owner.execute("VACUUM (ANALYZE)")

    def mark(self, purpose: str) -> None:
        """Mark the database in use, as its owner; "" makes it a real one, which takes no other moment than now."""
        with self.raw(self.owner) as owner:
            if not purpose:
                owner.execute("DELETE FROM kit_databasemark")
                return
            statement = "INSERT INTO kit_databasemark (id, purpose) VALUES (1, %s)"
            owner.execute(statement + " ON CONFLICT (id) DO UPDATE SET purpose = EXCLUDED.purpose", [purpose])

    def raw(self, url: str) -> psycopg.Connection[Any]:
        """Return an autocommit connection to the database in use, as the role of the URL."""
        return psycopg.connect(make_conninfo(url, dbname=connection.settings_dict["NAME"]), autocommit=True)

    @contextmanager
    def owner_alias(self, name: str) -> Iterator[None]:
        """Point Django's alias "owner" at a database, as DATABASE_OWNER_URL would."""
        before = connections.settings.get("owner")
        self._configure("owner", self.owner, NAME=name)
        try:
            yield
        finally:
            connections["owner"].close()
            del connections["owner"], connections.settings["owner"]
            if before:
                connections.settings["owner"] = before

    def sweep(self) -> None:
        """Drop the databases that killed test runs left behind."""
        for name in self._names(SESSION) if self.superuser else ():
            if not _is_alive(int(name.removeprefix(SESSION).split("_")[0])):
                self._as_owner("DROP DATABASE IF EXISTS {}", name)

    @cached_property
    def _clones(self) -> Clones:
        return Clones(self.owner, self._template(), self._numbered)

    @cached_property
    def _numbered(self) -> Iterator[str]:
        return (f"{SESSION}{os.getpid()}_{number}" for number in count())

    def _template(self) -> str:
        """Return the template for the current code, building it if missing."""
        name = TEMPLATE + schema_key()
        with psycopg.connect(self.owner, autocommit=True) as maintenance:
            maintenance.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
            if name not in self._names(TEMPLATE):
                self._build(name)
        return name

    def _build(self, name: str) -> None:
        self._as_owner("DROP DATABASE IF EXISTS {}", DRAFT)
        self._as_owner("CREATE DATABASE {}", DRAFT)
        with self.owner_alias(DRAFT):
            call_command("deploy", verbosity=0)
            call_command("mark_database", "test", verbosity=0)
        self._as_owner("ALTER DATABASE {} RENAME TO {}", DRAFT, name)
        self._as_owner("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        for old in self._names(TEMPLATE)[:-TEMPLATES_KEPT]:
            with suppress(psycopg.OperationalError):  # is being cloned
                self._as_owner("DROP DATABASE {}", old)

    def _names(self, prefix: str) -> list[str]:
        """Return the databases with this prefix, oldest first."""
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
        with psycopg.connect(self.owner) as maintenance:
            return [name for (name,) in maintenance.execute(query, [prefix])]

    def _as_owner(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(self.owner, autocommit=True) as maintenance:
            maintenance.execute(SQL(statement).format(*map(Identifier, names)))

    def _configure(self, alias: str, url: str, **more: str) -> None:
        changes = environ.Env.db_url_config(url, engine="kit.postgresql") | more
        options = connections.settings.setdefault(alias, {**connections.settings["default"]})
        options.update(changes, OPTIONS=changes.get("OPTIONS", {}))
        if alias == "default":
            options["OPTIONS"]["pool"] = {"min_size": 0, "max_size": THREADS, "timeout": 20}


def use(name: str) -> None:
    """Point the default connection of all threads at another database of the same server."""
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    connections.settings["default"]["NAME"] = name


def schema_key() -> str:
    """Return a digest of everything that decides the schema of a migrated database."""
    return _digest(
        lambda words: (
            bool(SCHEMA & words) or ("tests" not in words and any(word.endswith("_table") for word in words))
        )
    )


def code_key() -> str:
    """Return a digest of everything that may decide which rows our code writes."""
    return _digest(lambda words: not WITHOUT_ROWS & words)


def _digest(decides: Callable[[set[str]], bool]) -> str:
    base = Path(settings.BASE_DIR)
    digest = hashlib.sha256((base / "requirements.txt").read_bytes())
    for path in sorted(path for app in base.glob("*/__init__.py") for path in app.parent.rglob("*.py")):
        name = path.relative_to(base)
        if decides({*name.parts, name.stem}):
            digest.update(str(name).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
