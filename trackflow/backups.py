"""Backups by pg_dump; one counts only once it was restored into a fresh database and its histories verified."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from kit.urls import split_url
from trackflow.devdb import db_paths
from trackflow.devdb.cluster import ClusterError

EMPTY = "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
MANAGE = settings.BASE_DIR / "manage.py"


class BackupError(Exception):
    """A backup cannot be made, or is worth nothing; the message says why."""


@dataclass(frozen=True)
class Database:
    """A database, by the URLs of its owner and of the runtime role."""

    owner: str
    runtime: str

    @property
    def name(self) -> str:
        return str(conninfo_to_dict(self.owner)["dbname"])

    def named(self, name: str) -> "Database":
        """Return the database of another name on the same server."""
        return Database(
            *(split_url(url)._replace(path=f"/{name}").geturl() for url in (self.owner, self.runtime))
        )


def configured() -> Database:
    """Return the database that the environment names; BackupError without its owner's address."""
    if not (owner := os.environ.get("DATABASE_OWNER_URL")):
        raise BackupError("DATABASE_OWNER_URL is not set: the runtime role may not read everything.")
    return Database(owner, settings.DATABASE_URL)


def save(database: Database, path: Path, *, processes: int = 1) -> str:
    """Write a backup to a file that must not exist, and prove it; returns what verifying it said."""
    if path.exists():
        raise BackupError(f"{path} exists. Choose another name.")
    draft = path.with_name(f"{path.name}.part")
    try:
        dump(database, draft)
        with _fresh(database) as copy:
            said = restore(draft, copy, processes=processes)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return said


def dump(database: Database, path: Path, *more: str) -> None:
    """Write a database to a file, with nothing proved."""
    _run("pg_dump", database.owner, "--format=custom", f"--file={path}", *more)


def restore(path: Path, database: Database, *, processes: int = 1) -> str:
    """Restore a backup into an empty database, migrate it and verify it; returns what verifying it said."""
    with psycopg.connect(database.owner) as connection:
        if connection.execute(EMPTY).fetchone() != (True,):
            raise BackupError(
                f"The database {database.name!r} is not empty. Make one that is, and restore there."
            )
    _run("pg_restore", database.owner, "--single-transaction", "--exit-on-error", str(path))
    _manage(database, "deploy", "--verbosity=0")
    return verify(database, processes=processes)


def verify(database: Database, *, processes: int = 1) -> str:
    """Return what verifying all histories said; BackupError if there are faults."""
    return _manage(database, "verify_history", f"--processes={processes}")


@contextmanager
def _fresh(beside: Database) -> Iterator[Database]:
    """Make an empty database beside this one, for a while."""
    name = f"{beside.name[:40]}_backup_{secrets.token_hex(4)}"
    with psycopg.connect(beside.owner, autocommit=True) as connection:
        try:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            role = connection.info.user
            raise BackupError(
                f"A backup is tried in a database of its own, which {role!r} may not create. "
                f'As a superuser run: ALTER ROLE "{role}" CREATEDB;'
            ) from error
        try:
            yield beside.named(name)
        finally:
            # FORCE would end what is the server's own, such as autovacuum, which the owner may not
            connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on a database; rights are left out, since `deploy` grants them anew."""
    with psycopg.connect(url) as connection:
        path = _programs(connection.info.server_version // 10000) / program
    target = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    password = target.pop("password", "")  # not for the list of processes
    words = [str(path), "--no-owner", "--no-privileges", f"--dbname={make_conninfo(**target)}"]
    _check(program, [*words, *arguments], {"PGPASSWORD": password} if password else {})


def _programs(version: int) -> Path:
    """Return the folder of the programs of the server's version; others refuse it or write what it cannot read."""
    folders = [Path(f"/usr/lib/postgresql/{version}/bin"), Path(shutil.which("pg_dump") or "").parent]
    with suppress(ClusterError):
        folders.append(db_paths.packaged_programs())
    for folder in folders:
        if (folder / "pg_dump").exists():
            said = _check("pg_dump", [str(folder / "pg_dump"), "--version"], {})
            if f" {version}." in said:
                return folder
    raise BackupError(f"pg_dump of PostgreSQL {version} is missing. Install its client programs.")


def _manage(database: Database, *arguments: str) -> str:
    """Run a command on a database in a process of its own; returns the last line that it wrote."""
    urls = {"DATABASE_URL": database.runtime, "DATABASE_OWNER_URL": database.owner}
    output = _check(arguments[0], [sys.executable, str(MANAGE), *arguments], urls)
    return output.splitlines()[-1] if output else ""


def _check(name: str, words: list[str], environment: dict[str, str]) -> str:
    ended = subprocess.run(  # noqa: S603  # our own programs, no shell
        words,
        env={**os.environ, **environment, "TQDM_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        last = (ended.stdout + ended.stderr).strip().splitlines()[-10:]
        raise BackupError("\n".join([f"{name} failed:", *last]))
    return ended.stdout.strip()
