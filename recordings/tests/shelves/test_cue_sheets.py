"""A CUE sheet that appears beside a known file, or changes, is read without a press; what people wrote stays."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.log_context import REQUEST_ID
from labels.tests.builders import make_user
from recordings.models import CueSheet, File, Recording, Shelf, Tracklist
from recordings.shelves.cue_sheets import READ, names_beside
from recordings.shelves.follower import Follower
from recordings.shelves.unsettled_files import STILL
from recordings.shelves.watcher import opened_root
from recordings.tasks import read_cue
from recordings.tests.builders import make_shelf
from recordings.tests.shelves.followed import follow, look
from recordings.tests.sounds import sound
from recordings.tracklists.cue import cue_text
from recordings.tracklists.line import Line
from recordings.tracklists.service import lines_of, save_tracklist
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import files_worker, wait_for, watcher

LINES = [Line("Nova", "Glue", 0), Line("Acme", "Low", 60_000)]


def put(path: Path, lines: list[Line]) -> None:
    path.write_text(cue_text(lines, file_name="night.wav"))


def put_night(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "night.wav").write_bytes(sound())


@pytest.fixture
def night(shelf: Shelf, folder: Path) -> Recording:
    """A known recording on the shelf, without a sheet."""
    put_night(folder / "sets")
    follow(shelf)
    return Recording.objects.get()


def queued() -> list[int]:
    """Take the jobs that wait to read sheets: of which recordings."""
    jobs = ProcrastinateJob.objects.filter(task_name=READ).order_by("id")
    found = [{name: value for name, value in job.args.items() if name != REQUEST_ID} for job in jobs]
    jobs.delete()
    return [job["recording_id"] for job in found]


def read(recording: Recording) -> list[Line]:
    """Do what the job does, and return the lines that count."""
    read_cue(recording_id=recording.pk)
    return lines_of(Tracklist.objects.get(recording=recording, is_main=True))


def test_new_sheet_is_read_once_and_again_when_it_changes(
    shelf: Shelf, folder: Path, night: Recording
) -> None:
    put(folder / "sets" / "night.cue", LINES)
    look(shelf)
    assert queued() == [night.pk]
    assert read(night) == LINES
    look(shelf)
    assert queued() == []
    put(folder / "sets" / "night.cue", LINES[:1])
    look(shelf)
    assert queued() == [night.pk]
    assert read(night) == LINES[:1]


@pytest.mark.parametrize("source", ["manual", "paste"])
def test_lines_that_a_person_set_stay_when_a_sheet_appears(
    source: str, shelf: Shelf, folder: Path, night: Recording
) -> None:
    save_tracklist(night, source, LINES[1:], by=make_user())
    put(folder / "sets" / "night.cue", LINES)
    look(shelf)
    assert queued() == [night.pk]
    assert read(night) == LINES[1:]
    assert set(Tracklist.objects.values_list("source", flat=True)) == {source, "cue"}


def test_sheet_that_is_gone_is_read_when_it_comes_back(shelf: Shelf, folder: Path, night: Recording) -> None:
    sheet = folder / "sets" / "night.cue"
    put(sheet, LINES)
    look(shelf)
    sheet.rename(folder / "sets" / "night.txt")
    look(shelf)
    assert (queued(), CueSheet.objects.count()) == ([night.pk], 0)
    (folder / "sets" / "night.txt").rename(sheet)
    look(shelf)
    assert queued() == [night.pk]


def test_folder_that_is_away_forgets_no_sheet(shelf: Shelf, folder: Path, night: Recording) -> None:
    put(folder / "sets" / "night.cue", LINES)
    look(shelf)
    (folder / "sets").rename(folder.parent / "away")
    look(shelf)
    assert CueSheet.objects.count() == 1
    (folder.parent / "away").rename(folder / "sets")
    look(shelf)
    assert queued() == [night.pk]


@pytest.mark.parametrize("name", ["night.cue", "night.CUE", "night.wav.cue"])
def test_sheet_may_be_called_as_the_file_or_its_stem(
    name: str, shelf: Shelf, folder: Path, night: Recording
) -> None:
    put(folder / "sets" / name, LINES)
    look(shelf)
    assert queued() == [night.pk]
    assert name.encode() in names_beside(b"night.wav")
    assert read(night) == LINES


@pytest.mark.parametrize("name", ["nigh.cue", "night.1.cue", "night.mp3.cue", ".night.cue", "../night.cue"])
def test_sheet_of_another_name_or_folder_is_nobodys(
    name: str, shelf: Shelf, folder: Path, night: Recording
) -> None:
    put(folder / "sets" / name, LINES)
    look(shelf)
    assert queued() == []


def test_link_to_a_sheet_is_not_followed(
    shelf: Shelf, folder: Path, night: Recording, tmp_path: Path
) -> None:
    put(tmp_path / "outside.cue", LINES)
    (folder / "sets" / "night.cue").symlink_to(tmp_path / "outside.cue")
    look(shelf)
    assert (queued(), CueSheet.objects.count()) == ([], 0)


def test_sheet_counts_once_it_stood_still(shelf: Shelf, folder: Path, night: Recording) -> None:
    follower = Follower()

    def seen(moment: float) -> list[int]:
        with opened_root(shelf) as root:
            follower.heed(shelf, root, [b"sets/night.cue"], moment)
            follower.step(shelf, root, moment)
        return queued()

    put(folder / "sets" / "night.cue", LINES[:1])
    assert seen(0.0) == []
    put(folder / "sets" / "night.cue", LINES)
    os.utime(folder / "sets" / "night.cue", ns=(1, 1))
    assert seen(STILL - 1) == []
    assert seen(STILL) == []
    assert seen(2 * STILL - 1) == [night.pk]
    assert follower.is_idle
    assert seen(3 * STILL) == seen(4 * STILL) == []  # it is known as it is


def test_watcher_and_worker_read_a_sheet_that_appears(
    committed_db: str, folder: Path, test_databases: TestDatabases
) -> None:
    shelf = make_shelf(person=make_user(), root=1)
    around: dict[str, Any] = {"SHELVES": str(folder), "LOG_LEVEL": "ERROR"}
    put_night(folder)
    with ExitStack() as running:
        running.enter_context(watcher(test_databases.runtime, committed_db, **around))
        running.enter_context(files_worker(test_databases.runtime, committed_db, **around))
        wait_for(lambda: File.objects.filter(shelf=shelf, state="present").exists(), "the file")
        waiting = ProcrastinateJob.objects.filter(queue_name="files", status__in=["todo", "doing"])
        wait_for(lambda: not waiting.exists(), "its jobs")
        assert not Tracklist.objects.exists()
        put(folder / "night.cue", LINES)
        wait_for(lambda: Tracklist.objects.filter(is_main=True).exists(), "the lines of the sheet")
    assert lines_of(Tracklist.objects.get()) == LINES
