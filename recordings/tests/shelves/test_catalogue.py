"""What becomes of files is recognised: moved, copied, retagged, cut, replaced, gone and back."""

import os
from pathlib import Path

import mutagen
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kit.log_context import REQUEST_ID
from recordings.choices import Fact, FileState, Kind, Source
from recordings.file_access import NotRead
from recordings.models import File, Metadatum, Recording, Shelf
from recordings.shelves.catalogue import catalogue
from recordings.tests.shelves.followed import changes, follow, look, states
from recordings.tests.shelves.test_identity import retagged
from recordings.tests.sounds import sound


def test_a_file_becomes_a_recording(shelf: Shelf, folder: Path) -> None:
    (folder / "Nova").mkdir()
    (folder / "Nova" / "Sea Wall.wav").write_bytes(sound())
    retagged(folder / "Nova" / "Sea Wall.wav")
    follow(shelf)
    recording, file = Recording.objects.get(), File.objects.get()
    assert file.recording == recording
    assert (file.shown_path, file.state, len(file.sha256), len(file.xxh128)) == (
        "Nova/Sea Wall.wav",
        "present",
        64,
        32,
    )
    assert (recording.codec, recording.bit_depth, recording.length_ms) == ("pcm_s24le", 24, 500)
    assert (recording.kind, recording.title, recording.artist) == (Kind.MASTER, "Sea Wall", "Nova")
    assert Metadatum.objects.get(key=Fact.TEMPO).source == Source.TAG
    assert changes(shelf, "Nova/Sea Wall.wav") == ["found"]


def test_a_job_is_queued_with_the_row_and_carries_its_trace(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file, job = File.objects.get(), ProcrastinateJob.objects.get(task_name="recordings.catalogue")
    assert file.state == FileState.CHANGED
    assert job.queue_name == "files"
    assert job.args == {
        "file_id": file.pk,
        "size": file.size,
        "mtime_ns": file.mtime_ns,
        REQUEST_ID: file.trace,
    }


def test_reading_twice_changes_nothing(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    file = File.objects.get()
    assert catalogue(file.pk, file.size, file.mtime_ns) is None
    follow(shelf)
    assert changes(shelf, "a.wav") == ["found"]
    assert ProcrastinateJob.objects.filter(task_name="recordings.catalogue").count() == 1


def test_a_moved_file_keeps_its_row_and_recording(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    before = File.objects.get()
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.wav").rename(folder / "deep" / "er" / "b.wav")
    follow(shelf)
    after = File.objects.get()
    assert (after.pk, after.recording) == (before.pk, before.recording)
    assert states(shelf) == {"deep/er/b.wav": "present"}
    assert changes(shelf, "deep/er/b.wav") == ["found", "missing", "moved"]
    assert after.changes.latest("id").shown_former_path == "a.wav"


def test_a_file_that_is_read_at_its_new_place_before_the_old_is_missed_was_moved(
    shelf: Shelf, folder: Path
) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    (folder / "a.wav").rename(folder / "b.wav")
    new = File.objects.create(
        shelf=shelf, path=b"b.wav", size=len(sound()), mtime_ns=(folder / "b.wav").stat().st_mtime_ns
    )
    catalogue(new.pk, new.size, new.mtime_ns)
    assert states(shelf) == {"b.wav": "present"}
    assert changes(shelf, "b.wav") == ["found", "moved"]


def test_a_moved_and_retagged_file_was_moved(shelf: Shelf, folder: Path) -> None:
    (folder / "a.flac").write_bytes(sound("flac"))
    follow(shelf)
    (folder / "a.flac").rename(folder / "b.flac")
    retagged(folder / "b.flac")
    follow(shelf)
    assert states(shelf) == {"b.flac": "present"}
    assert Recording.objects.get().title == "Sea Wall"


def test_copies_have_one_recording(shelf: Shelf, folder: Path) -> None:
    for name in ("a.wav", "b.wav"):
        (folder / name).write_bytes(sound())
    retagged(folder / "b.wav")
    follow(shelf)
    assert Recording.objects.get().files.count() == 2
    assert [*changes(shelf, "a.wav"), *changes(shelf, "b.wav")] == ["found", "copied"]


def test_a_retagged_file_stays_the_same_recording(shelf: Shelf, folder: Path) -> None:
    (folder / "a.mp3").write_bytes(sound("mp3"))
    follow(shelf)
    before = Recording.objects.get()
    retagged(folder / "a.mp3")
    follow(shelf)
    after = Recording.objects.get()
    assert (after.pk, after.title) == (before.pk, "Sea Wall")
    assert changes(shelf, "a.mp3") == ["found", "retagged"]
    file = mutagen.File(folder / "a.mp3")
    file.delete()
    follow(shelf)
    assert Recording.objects.get().title == ""


def test_a_file_cut_shorter_is_another_recording_and_says_both_lengths(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound(seconds=4.0))
    follow(shelf)
    before = Recording.objects.get()
    (folder / "a.wav").write_bytes(sound(seconds=2.0))
    follow(shelf)
    file = File.objects.get()
    assert file.recording != before
    assert changes(shelf, "a.wav") == ["found", "cut"]
    change = file.changes.latest("id")
    assert (change.former_recording, change.detail) == (before, "0:02 instead of 0:04.")


def test_the_recording_of_a_replaced_file_stays(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    before = Recording.objects.get()
    (folder / "a.wav").write_bytes(sound(pitch=660.0))
    follow(shelf)
    assert changes(shelf, "a.wav") == ["found", "replaced"]
    assert Recording.objects.count() == 2
    assert File.objects.get().changes.latest("id").former_recording == before


def test_a_file_that_comes_back_is_the_same(shelf: Shelf, folder: Path) -> None:
    for name, pitch in (("a.wav", 440.0), ("b.wav", 660.0)):
        (folder / name).write_bytes(sound(pitch=pitch))
    follow(shelf)
    (folder / "a.wav").rename(folder.parent / "away.wav")
    follow(shelf)
    assert states(shelf) == {"a.wav": "missing", "b.wav": "present"}
    (folder.parent / "away.wav").rename(folder / "a.wav")
    follow(shelf)
    assert states(shelf) == {"a.wav": "present", "b.wav": "present"}
    assert changes(shelf, "a.wav") == ["found", "missing", "returned"]


def test_a_file_moved_over_another_leaves_both_understandable(shelf: Shelf, folder: Path) -> None:
    for name, pitch in (("a.wav", 440.0), ("b.wav", 660.0)):
        (folder / name).write_bytes(sound(pitch=pitch))
    follow(shelf)
    (folder / "a.wav").rename(folder / "b.wav")
    follow(shelf)
    assert states(shelf) == {"a.wav": "missing", "b.wav": "present"}
    assert changes(shelf, "b.wav") == ["found", "replaced"]
    a, b = (File.objects.get(path=path) for path in (b"a.wav", b"b.wav"))
    assert a.recording == b.recording
    assert b.changes.latest("id").shown_former_path == "a.wav"


def test_a_file_that_changes_while_it_waits_is_left_to_the_watcher(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file = File.objects.get()
    (folder / "a.wav").write_bytes(sound(pitch=660.0))
    os.utime(folder / "a.wav", ns=(1, 1))
    assert catalogue(file.pk, file.size, file.mtime_ns) is None
    assert states(shelf) == {"a.wav": "changed"}
    follow(shelf)
    assert states(shelf) == {"a.wav": "present"}


def test_a_job_waits_for_a_folder_that_is_away(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file = File.objects.get()
    folder.rename(folder.parent / "away")
    with pytest.raises(NotRead):
        catalogue(file.pk, file.size, file.mtime_ns)
    assert states(shelf) == {"a.wav": "changed"}
