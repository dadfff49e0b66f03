"""Files moved, renamed, cut, retagged, replaced while watcher and worker are killed: the database equals the disk.

`make kills-recordings` does the same with 500 files (`KILLED_FILES`).
"""

import hashlib
import os
import random
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

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
from trackflow.testing.workers import files_worker, kill, wait_for, watcher

FILES = int(os.environ.get("KILLED_FILES", 40))
SECONDS = max(12.0, FILES / 3)
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
    return {row.path: (row.size, row.mtime_ns, row.sha256) for row in rows}


def is_settled(shelf: Shelf) -> bool:
    waiting = ProcrastinateJob.objects.filter(task_name="recordings.catalogue", status__in=["todo", "doing"])
    return not waiting.exists() and not File.objects.filter(shelf=shelf, state=FileState.CHANGED).exists()


def start(running: ExitStack, databases: TestDatabases, database: str, folder: Path, kind: str) -> object:
    begin = watcher if kind == "watch" else files_worker
    return running.enter_context(begin(databases.runtime, database, SHELVES=str(folder), LOG_LEVEL="ERROR"))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_killing_watcher_and_worker_loses_nothing(
    committed_db: str, folder: Path, test_databases: TestDatabases
) -> None:
    chance, shelf = random.Random(7), make_shelf(person=make_user(), root=1)
    for number in range(FILES):
        ending = ENDINGS[number % 3]
        (folder / f"{number}.{ending}").write_bytes(music(number, ending))
    done, killed, until = Counter[str](), Counter[str](), time.monotonic() + SECONDS
    with ExitStack() as running:
        processes = {
            kind: start(running, test_databases, committed_db, folder, kind) for kind in ("watch", "files")
        }
        fresh = FILES
        while time.monotonic() < until:
            for _ in range(max(2, FILES // 25)):
                fresh += 1
                done[change(folder, chance, fresh)] += 1
            time.sleep(chance.uniform(0.2, 2.0))
            if chance.random() < 0.5:
                kind = ("watch", "files")[killed.total() % 2]
                kill(processes[kind])  # type: ignore[arg-type]
                killed[kind] += 1
                with connection.cursor() as cursor:
                    cursor.execute(OLD)  # nobody waits 30 seconds for a dead worker's jobs
                processes[kind] = start(running, test_databases, committed_db, folder, kind)
        disk = on_disk(folder)
        wait_for(lambda: is_settled(shelf) and in_rows(shelf) == disk, "the rows to equal the disk")
    print(f"\n{FILES} files, {sum(done.values())} changes {dict(done)}, killed {dict(killed)}")  # noqa: T201
    assert not File.objects.filter(shelf=shelf, state=FileState.UNREADABLE).exists()
    for row in File.objects.filter(shelf=shelf, state=FileState.PRESENT).select_related("recording"):
        with (folder / os.fsdecode(row.path)).open("rb") as stream:
            assert row.recording
            assert row.recording.audio_digest == audio_in(stream).digest
    digests = list(Recording.objects.values_list("audio_digest", flat=True))
    assert len(digests) == len({*digests})
