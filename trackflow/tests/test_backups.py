"""Backups of a real database by the real programs; a database taken back to a moment, as docs/backup.md says."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from submissions.models import Event
from trackflow import backups, roles
from trackflow.backups import BackupError, Database
from trackflow.devdb import db_paths
from trackflow.devdb.cluster import Cluster
from trackflow.devdb.instance import CHECKOUT, OWNER, RUNTIME
from trackflow.testing.cast import make_cast
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import wait_for

COUNT = "SELECT count(*) FROM submissions_event"


@dataclass
class Saved:
    """A database with two histories, and its backup."""

    database: Database
    path: Path
    digests: list[bytes]


@pytest.fixture(scope="module")
def saved(
    django_db_setup: None,
    test_databases: TestDatabases,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Saved]:
    with django_db_blocker.unblock(), test_databases.clone() as name:
        cast = make_cast()
        cast.demo("accepted")
        cast.demo("rejected")
        database = Database(test_databases.owner, test_databases.runtime).named(name)
        path = tmp_path_factory.mktemp("backups") / "trackflow.dump"
        command("backup", database, path)
        digests = Event.objects.order_by("pk").values_list("digest", flat=True)
        yield Saved(database, path, [bytes(digest) for digest in digests])


@pytest.fixture
def empty(saved: Saved) -> Iterator[Database]:
    with backups._fresh(saved.database) as fresh:
        yield fresh


def command(name: str, database: Database, path: Path) -> None:
    """Run a command as it runs on the server of this database."""
    with pytest.MonkeyPatch.context() as patch, override_settings(DATABASE_URL=database.runtime):
        patch.setenv("DATABASE_OWNER_URL", database.owner)
        call_command(name, str(path))


def test_backup_leaves_nothing_but_the_file(saved: Saved) -> None:
    assert [path.name for path in saved.path.parent.iterdir()] == ["trackflow.dump"]
    with psycopg.connect(saved.database.owner) as owner:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        left = owner.execute(query, [f"{saved.database.name}_backup_"]).fetchall()
    assert left == []


def test_restored_database_holds_the_same_and_is_guarded(
    saved: Saved, empty: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    command("restore", empty, saved.path)

    assert (
        f"Restored and verified: 2 submissions, {len(saved.digests)} events, 0 faults"
        in capsys.readouterr().out
    )
    with psycopg.connect(empty.runtime) as restored:
        rows = restored.execute("SELECT digest FROM submissions_event ORDER BY id").fetchall()
        assert [bytes(digest) for (digest,) in rows] == saved.digests
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            restored.execute("DELETE FROM submissions_event")
    with psycopg.connect(empty.owner) as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("DELETE FROM submissions_event")


def test_forged_history_makes_no_backup(
    saved: Saved, empty: Database, test_databases: TestDatabases, tmp_path: Path
) -> None:
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    backups._run("pg_restore", empty.owner, "--single-transaction", str(saved.path))
    with psycopg.connect(test_databases.superuser, dbname=empty.name, autocommit=True) as raw:
        raw.execute("ALTER TABLE submissions_event DISABLE TRIGGER ALL")
        raw.execute(
            "UPDATE submissions_event SET payload = payload || '{\"forged\": true}' WHERE sequence = 1"
        )

    with pytest.raises(CommandError, match=r"(?s)There is no new backup. verify_history failed:.* 4 faults"):
        command("backup", empty, tmp_path / "trackflow.dump")
    assert list(tmp_path.iterdir()) == []


def test_torn_backup_is_refused(saved: Saved, empty: Database, tmp_path: Path) -> None:
    torn = tmp_path / "torn.dump"
    torn.write_bytes(saved.path.read_bytes()[: saved.path.stat().st_size // 2])

    with pytest.raises(CommandError, match="pg_restore failed"):
        command("restore", empty, torn)


def test_restoring_over_data_is_refused(saved: Saved) -> None:
    with pytest.raises(BackupError, match="is not empty"):
        backups.restore(saved.path, saved.database)
    assert [bytes(digest) for digest in Event.objects.order_by("pk").values_list("digest", flat=True)] == (
        saved.digests
    )


def test_backup_over_another_is_refused(saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "trackflow.dump").write_text("last week's")
    with pytest.raises(CommandError, match="exists"):
        command("backup", saved.database, tmp_path / "trackflow.dump")
    assert (tmp_path / "trackflow.dump").read_text() == "last week's"


def test_without_its_owner_there_is_no_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(BackupError, match="DATABASE_OWNER_URL is not set"):
        backups.configured()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user may enter, with one for the archived log that it owns."""
    folder = Path(tempfile.mkdtemp(prefix="archive-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def archiving(folder: Path) -> Iterator[Cluster]:
    """A server that archives its log, as docs/backup.md says."""
    archive = folder / "archive"
    archive.mkdir()
    options = ("archive_mode=on", f"archive_command='test ! -f {archive}/%f && cp %p {archive}/%f'")
    cluster = replace(db_paths.find(CHECKOUT), data=folder / "data", sockets=folder, options=options)
    for each in (folder, archive):
        cluster._own(each)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop("immediate")


def test_database_goes_back_to_the_moment_before_a_mistake(
    saved: Saved, archiving: Cluster, folder: Path
) -> None:
    roles.create(archiving.url(), "trackflow", OWNER, RUNTIME)
    database = Database(archiving.url(OWNER, "trackflow"), archiving.url(RUNTIME, "trackflow"))
    copied = archiving._run("pg_basebackup", "-D", str(folder / "base"), "-c", "fast", "-d", archiving.url())
    assert not copied.returncode, copied.stdout

    verified = backups.restore(saved.path, database)  # after the base backup: it is in the archived log alone
    with psycopg.connect(database.owner, autocommit=True) as owner:
        events = owner.execute(COUNT).fetchone()
        [(moment,)] = owner.execute("SELECT clock_timestamp()").fetchall()
        owner.execute("DROP TABLE submissions_event CASCADE")
    with psycopg.connect(archiving.url(), autocommit=True) as superuser:
        [(last,)] = superuser.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchall()
    wait_for(lambda: (folder / "archive" / last).exists(), "the log to be archived")

    recovered = replace(archiving, data=folder / "base", sockets=folder / "base", options=())
    with (folder / "base" / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(f"restore_command = 'cp {folder}/archive/%f %p'\n")
        configuration.write(f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n")
    (folder / "base" / "recovery.signal").touch()
    os.chown(folder / "base" / "recovery.signal", (folder / "base").stat().st_uid, -1)
    recovered.start()
    try:
        back = Database(recovered.url(OWNER, "trackflow"), recovered.url(RUNTIME, "trackflow"))
        wait_for(lambda: _is_writable(recovered), "the server to end its recovery")
        with psycopg.connect(back.owner) as owner:
            assert owner.execute(COUNT).fetchone() == events
        assert backups.verify(back) == verified
    finally:
        recovered.stop("immediate")


def _is_writable(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url()) as superuser:
        return superuser.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
