"""Full looks: what is missing and what is only out of reach, said in a row."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recordings.choices import FileState
from recordings.file_access import NotRead
from recordings.models import File, Scan, Shelf
from recordings.shelves import scan as scans
from recordings.shelves.file_rows import known_files, queue_forgotten
from recordings.shelves.listing import Listing
from recordings.shelves.unsettled_files import STILL, UnsettledFiles
from recordings.shelves.watcher import opened_root
from recordings.tests.shelves.followed import follow, look, states
from recordings.tests.sounds import sound

NOBODY = 65534


def fill(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number}.wav").write_bytes(sound() + bytes([number]))


def test_a_scan_says_what_it_found(shelf: Shelf, folder: Path) -> None:
    fill(folder, 3)
    look(shelf)
    (folder / "0.wav").unlink()
    (folder / "1.wav").write_bytes(sound(pitch=880.0))
    (folder / "new").mkdir()
    (folder / "new" / "a.wav").write_bytes(sound())
    look(shelf)
    row = Scan.objects.latest("id")
    assert (row.folders, row.files, row.expected) == (2, 3, 3)
    assert (row.new, row.changed, row.missing, row.problem, row.percent) == (1, 1, 1, "", 100)


def test_an_empty_folder_makes_nothing_missing(shelf: Shelf, folder: Path) -> None:
    fill(folder, 2)
    follow(shelf)
    for path in folder.iterdir():
        path.unlink()
    follow(shelf)
    assert set(states(shelf).values()) == {FileState.PRESENT}
    assert Scan.objects.latest("id").problem == scans.EMPTY


def test_another_folder_in_its_place_makes_nothing_missing(shelf: Shelf, folder: Path) -> None:
    fill(folder, scans.SUSPICIOUS)
    follow(shelf)
    folder.rename(folder.parent / "away")
    folder.mkdir()
    (folder / "other.wav").write_bytes(sound(pitch=880.0))
    follow(shelf)
    assert FileState.MISSING not in states(shelf).values()
    assert "None of the 10 files known here was found" in Scan.objects.latest("id").problem


def test_a_renamed_folder_is_followed_though_nothing_known_was_found(shelf: Shelf, folder: Path) -> None:
    (folder / "Masters").mkdir()
    fill(folder / "Masters", scans.SUSPICIOUS)
    follow(shelf)
    before = set(File.objects.values_list("pk", flat=True))
    (folder / "Masters").rename(folder / "Old masters")
    follow(shelf)
    assert states(shelf) == {f"Old masters/{number}.wav": "present" for number in range(scans.SUSPICIOUS)}
    assert set(File.objects.values_list("pk", flat=True)) == before


def test_a_folder_that_is_away_makes_nothing_missing_and_is_said_once(shelf: Shelf, folder: Path) -> None:
    fill(folder, 2)
    follow(shelf)
    folder.rename(folder.parent / "away")
    for _ in range(3):
        with pytest.raises(NotRead) as refusal, opened_root(shelf):
            pass
        scans.note_problem(shelf, refusal.value)
    assert set(states(shelf).values()) == {FileState.PRESENT}
    assert Scan.objects.exclude(problem="").count() == 1
    assert "nothing was called missing. It is not there any more." in Scan.objects.latest("id").problem


def test_what_could_not_be_listed_is_not_missing(shelf: Shelf, folder: Path) -> None:
    """Root may list everything, so the folder is closed in what was found, as the listing itself does."""
    for name in ("closed", "closed too", "open"):
        (folder / name).mkdir()
        (folder / name / "a.wav").write_bytes(sound() + name.encode())
    follow(shelf)
    known = known_files(shelf)
    for closed, gone in (
        (b"closed", {b"closed too/a.wav", b"open/a.wav"}),
        (b"open/a.wav", {b"closed/a.wav", b"closed too/a.wav"}),
        (b"", set()),
    ):
        assert set(Listing(known, closed={closed: ""}).gone) == gone


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may list everything: be nobody meanwhile. Others stay who they are."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


def test_a_folder_without_rights_is_remarked(shelf: Shelf, folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "a.wav").write_bytes(sound())
    fill(folder, 1)
    follow(shelf)
    (folder / "closed").chmod(0)
    with opened_root(shelf) as root, as_nobody():
        outcome = scans.scan(shelf, root)
    (folder / "closed").chmod(0o700)
    assert (outcome.gone, outcome.found.same, list(outcome.found.closed)) == ([], 1, [b"closed"])
    row = Scan.objects.latest("id")
    assert (row.problem, row.missing) == (scans.PARTLY, 0)
    assert row.remarks == [
        "“closed” could not be looked at, so nothing in it is called missing. "
        "Trackflow may not read it: check its permissions."
    ]
    follow(shelf)
    assert states(shelf)["closed/a.wav"] == FileState.PRESENT


def test_files_whose_job_was_lost_are_queued_again(shelf: Shelf, folder: Path) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    fill(folder, 2)
    look(shelf)
    assert queue_forgotten(shelf) == 0
    ProcrastinateJob.objects.all().delete()
    assert queue_forgotten(shelf) == 2
    assert ProcrastinateJob.objects.filter(task_name="recordings.catalogue").count() == 2


def test_only_the_last_scans_are_kept(shelf: Shelf) -> None:
    for _ in range(scans.KEPT + 5):
        scans.begin(shelf)
    assert Scan.objects.count() == scans.KEPT
    assert Scan.objects.filter(ended_at=None).count() == 1


def test_a_file_counts_once_it_stood_still() -> None:
    unsettled = UnsettledFiles()
    unsettled.note(b"a", (1, 1), 0.0)
    unsettled.note(b"a", (2, 1), 3.0)
    unsettled.note(b"a", (2, 1), 7.0)
    unsettled.note(b"b", None, 4.0)
    assert unsettled.still(3.0 + STILL - 0.1) == {}
    assert unsettled.still(3.0 + STILL) == {b"a": (2, 1)}
    unsettled.note(b"a", (2, 2), 8.1)
    assert unsettled.still(9.0) == {b"b": None}


def test_a_look_writes_what_settled_in_a_constant_number_of_queries(
    shelf: Shelf, folder: Path, django_assert_num_queries: object
) -> None:
    fill(folder, 2)
    with django_assert_num_queries(13):  # type: ignore[operator]
        look(shelf)
    (folder / "more").mkdir()
    fill(folder / "more", 20)
    with django_assert_num_queries(13):  # type: ignore[operator]
        look(shelf)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("other.wav", path)])
def test_known_file_in_whose_place_something_else_lies_is_missing(
    make: Callable[[Path], None], shelf: Shelf, folder: Path
) -> None:
    for name, pitch in (("a.wav", 440.0), ("other.wav", 880.0)):
        (folder / name).write_bytes(sound(pitch=pitch))
    follow(shelf)
    (folder / "a.wav").unlink()
    make(folder / "a.wav")
    outcome = follow(shelf)
    assert (outcome.gone, outcome.found.same, dict(outcome.found.files)) == ([b"a.wav"], 1, {})
    assert states(shelf) == {"a.wav": "missing", "other.wav": "present"}
