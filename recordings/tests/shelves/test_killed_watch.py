"""Files moved, renamed, cut, retagged, replaced while watcher and worker are killed: the database equals the disk.

`make kills-recordings` does the same with 500 files (`KILLED_FILES`).
"""

import hashlib
import os
import random
import time
from collections import Counter
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import mutagen
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from labels.tests.builders import make_user
from recordings.choices import FileState
from recordings.models import File, Recording, Shelf
from recordings.shelves.packets import audio_in
from recordings.tests.builders import make_shelf
from recordings.tests.sounds import sound
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import files_worker, kill, watcher

FILES = int(os.environ.get("KILLED_FILES", 40))
SECONDS = max(12.0, FILES / 4)
LIVES = (4.0, 20.0) if FILES > 100 else (2.0, 8.0)
"""Seconds after which each process is killed; it takes some to begin."""
OLD = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
ENDINGS = ("wav", "flac", "mp3")


def music(number: int, ending: str, seconds: float = 0.3) -> bytes:
    return sound(ending, seconds=seconds, pitch=110.0 + number)


def change(folder: Path, chance: random.Random, fresh: int) -> str:
    """Do one thing to one file; return what."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    path, act = (
        chance.choice(paths),
        chance.choice(("move", "rename", "cut", "retag", "replace", "copy", "delete")),
    )
    ending = path.suffix[1:]
    if act == "move":
        (folder / f"folder {fresh % 5}").mkdir(exist_ok=True)
        path.rename(folder / f"folder {fresh % 5}" / f"{fresh} {path.name[-20:]}")
    elif act == "rename":
        path.rename(path.with_name(f"renamed {fresh}.{ending}"))
    elif act == "cut":
        path.write_bytes(music(fresh, ending, 0.15))
    elif act == "retag":
        file = mutagen.File(path, easy=ending == "mp3")
        if ending == "wav":
            file.tags or file.add_tags()
            file.tags.add(mutagen.id3.TIT2(encoding=3, text=[f"Title {fresh}"]))  # type: ignore[attr-defined]
        else:
            file["title"] = f"Title {fresh}"
        file.save()
    elif act == "replace":
        path.write_bytes(music(fresh, ending))
    elif act == "copy":
        path.with_name(f"copy {fresh}.{ending}").write_bytes(path.read_bytes())
    elif len(paths) > FILES // 2:
        path.unlink()
    return act


def on_disk(folder: Path) -> dict[bytes, tuple[int, int, str]]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[os.fsencode(path.relative_to(folder))] = (status.st_size, status.st_mtime_ns, digest)
    return found


def in_rows(shelf: Shelf) -> dict[bytes, tuple[int, int, str]]:
    rows = File.objects.filter(shelf=shelf, state=FileState.PRESENT)
    return {bytes(row.path): (row.size, row.mtime_ns, row.sha256) for row in rows}


def start(running: ExitStack, databases: TestDatabases, database: str, folder: Path, kind: str) -> Any:
    begin = watcher if kind == "watch" else files_worker
    return running.enter_context(begin(databases.runtime, database, SHELVES=str(folder), LOG_LEVEL="ERROR"))


def differences(shelf: Shelf, disk: dict[bytes, tuple[int, int, str]]) -> str:
    """Say what differs between rows and disk; "" if they are the same and nothing waits."""
    rows, waiting = in_rows(shelf), ProcrastinateJob.objects.filter(task_name="recordings.catalogue")
    counts = Counter(waiting.exclude(status="succeeded").values_list("status", flat=True))
    states = Counter(File.objects.filter(shelf=shelf).values_list("state", flat=True))
    if rows == disk and not counts and not states[FileState.CHANGED]:
        return ""
    differ = [path for path in {*rows, *disk} if rows.get(path) != disk.get(path)]
    return f"{len(differ)} differ, such as {differ[:3]}; jobs {dict(counts)}, states {dict(states)}"


class Processes:
    """Watcher and worker of files, each killed after some seconds, whatever it is at, and started again."""

    def __init__(self, running: ExitStack, databases: TestDatabases, database: str, folder: Path) -> None:
        self.start = partial(start, running, databases, database, folder)
        self.killed = Counter[str]()
        self.alive = {kind: self.begin(kind) for kind in ("watch", "files")}

    def begin(self, kind: str) -> tuple[Any, float]:
        return self.start(kind), time.monotonic() + random.uniform(*LIVES)

    def kill_due(self) -> None:
        for kind, (process, until) in self.alive.items():
            if time.monotonic() >= until:
                kill(process)
                self.killed[kind] += 1
                with connection.cursor() as cursor:
                    cursor.execute(OLD)  # nobody waits 30 seconds for a dead worker's jobs
                self.alive[kind] = self.begin(kind)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_killing_watcher_and_worker_loses_nothing(
    committed_db: str, folder: Path, test_databases: TestDatabases
) -> None:
    chance, shelf = random.Random(7), make_shelf(person=make_user(), root=1)
    for number in range(FILES):
        ending = ENDINGS[number % 3]
        (folder / f"{number}.{ending}").write_bytes(music(number, ending))
    done, until = Counter[str](), time.monotonic() + SECONDS
    with ExitStack() as running:
        processes = Processes(running, test_databases, committed_db, folder)
        while time.monotonic() < until:
            for _ in range(max(2, FILES // 50)):
                done[change(folder, chance, FILES + done.total())] += 1
            time.sleep(chance.uniform(0.2, 1.0))
            processes.kill_due()
        disk, deadline = on_disk(folder), time.monotonic() + 90 + FILES
        while said := differences(shelf, disk):
            assert time.monotonic() < deadline, said
            time.sleep(0.5)
    print(f"\n{FILES} files, {done.total()} changes {dict(done)}, killed {dict(processes.killed)}")  # noqa: T201
    assert not File.objects.filter(shelf=shelf, state=FileState.UNREADABLE).exists()
    for row in File.objects.filter(shelf=shelf, state=FileState.PRESENT).select_related("recording"):
        with (folder / os.fsdecode(bytes(row.path))).open("rb") as stream:
            assert row.recording
            assert row.recording.audio_digest == audio_in(stream).digest
    digests = list(Recording.objects.values_list("audio_digest", flat=True))
    assert len(digests) == len({*digests})
