"""The real watcher and the real worker of files, on a folder of this disk."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from kit import jobs
from labels.tests.builders import make_user
from recordings.models import File, Scan, Shelf
from recordings.shelves import hints
from recordings.shelves.watch_lock import WatchLock
from recordings.tests.builders import make_shelf
from recordings.tests.shelves.followed import states
from recordings.tests.sounds import sound
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import files_worker, wait_for, watcher, worker

# Waits, at most as many milliseconds for each, until they are gone: what was cut later would still look alive.
CUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = 'runtime'"
)


@pytest.fixture
def kept(committed_db: str, folder: Path) -> Shelf:
    """A shelf in a database that processes share."""
    return make_shelf(person=make_user(), root=1)


def is_scanned(shelf: Shelf) -> bool:
    return Scan.objects.filter(shelf=shelf).exclude(ended_at=None).exists()


def test_files_are_seen_and_read_through_an_outage(
    kept: Shelf,
    folder: Path,
    committed_db: str,
    test_databases: TestDatabases,
    superuser_connection: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    with ExitStack() as running, log.open("wb") as lines:
        around = {"SHELVES": str(folder), "LOG_LEVEL": "INFO", "LOG_FORMAT": "json"}
        process = running.enter_context(watcher(test_databases.runtime, committed_db, log=lines, **around))
        running.enter_context(files_worker(test_databases.runtime, committed_db, log=lines, **around))
        wait_for(lambda: is_scanned(kept), "the first scan")
        (folder / "new").mkdir()
        (folder / "new" / "a.wav").write_bytes(sound())
        written = (folder / "new" / "a.wav").stat().st_mtime
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.wav")).write_bytes(sound(pitch=660.0))
        wait_for(lambda: set(states(kept).values()) == {"present"} and len(states(kept)) == 2, "both files")
        seen = File.objects.get(path=b"new/a.wav")
        assert 5 <= seen.first_seen_at.timestamp() - written < 10  # `make bench-recordings` holds it to 6
        superuser_connection.execute(CUT, [committed_db])
        connection.close()  # ours was cut as well
        (folder / "new" / "a.wav").rename(folder / "b.wav")
        wait_for(lambda: states(kept).get("b.wav") == "present", "the moved file")
        assert File.objects.get(path=b"b.wav").pk == seen.pk
        kept.refresh_from_db()
        assert kept.is_watched
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    lines_of = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    traced = [line for line in lines_of if line.get("request_id") == seen.trace]
    assert [line["event"] for line in traced][:2] == ["file seen", "job"]
    read = next(line for line in traced if line.get("task") == "recordings.catalogue")
    assert read["recording"] == seen.recording.reference  # type: ignore[union-attr]
    assert any(line.get("task") == "recordings.measure" for line in traced)


def test_the_ordinary_worker_leaves_files_alone(
    kept: Shelf, folder: Path, committed_db: str, test_databases: TestDatabases
) -> None:
    jobs.defer(["recordings.measure"], queue=jobs.FILES, file_id=0)
    jobs.defer(["trackflow.delete_policy_reports"])
    ours = ProcrastinateJob.objects.filter(task_name="recordings.measure")
    others = ProcrastinateJob.objects.filter(task_name="trackflow.delete_policy_reports")
    with worker(test_databases.runtime, committed_db):
        wait_for(lambda: not others.exists(), "the ordinary job")
        assert ours.get().status == "todo"
    with files_worker(test_databases.runtime, committed_db):
        wait_for(lambda: not ours.exists(), "the job of files")


def test_a_shelf_has_one_watcher(kept: Shelf) -> None:
    with WatchLock(kept.pk) as first, WatchLock(kept.pk) as second, WatchLock(kept.pk + 1) as other:
        assert (first.is_held, second.is_held, other.is_held) == (True, False, True)
    with WatchLock(kept.pk) as next_one:
        assert next_one.is_held


@pytest.fixture
def hinted(tmp_path: Path) -> Iterator[Callable[[], "hints.Hints"]]:
    """Returns what was hinted at next."""
    stop, found = Event(), list["hints.Hints"]()

    def collect() -> None:
        found.extend(each for each in hints.hints_of(tmp_path, stop) if each is None or each)

    thread = Thread(target=collect)
    thread.start()
    Event().wait(0.5)

    def take() -> "hints.Hints":
        wait_for(lambda: bool(found), "a hint")
        return found.pop(0)

    yield take
    stop.set()
    thread.join()


def test_hints_name_what_changed(hinted: Callable[[], "hints.Hints"], tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"x")
    assert hinted() == {b"a.wav"}


def test_a_name_that_is_not_utf_8_is_a_hint_that_something_changed(
    hinted: Callable[[], "hints.Hints"], tmp_path: Path
) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.wav")).write_bytes(b"x")
    assert hinted() is None


def test_network_folders_are_known_by_their_file_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounted = (
        "36 25 0:32 / /mnt/my\\040masters rw - nfs4 nas:/masters rw\n25 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    )
    (tmp_path / "mountinfo").write_text(mounted)
    monkeypatch.setattr(hints, "MOUNTS", tmp_path / "mountinfo")
    assert hints.is_remote(Path("/mnt/my masters/2026"))
    assert not hints.is_remote(Path("/mnt/my masters too"))
    assert not hints.is_remote(Path("/srv"))


def test_the_watcher_says_what_is_missing(settings: Settings) -> None:
    from django.core.management import CommandError, call_command

    settings.SHELVES = []
    with pytest.raises(CommandError, match="SHELVES names no folders"):
        call_command("watch")
