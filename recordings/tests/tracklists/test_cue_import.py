"""The CUE sheet beside a file becomes a tracklist, by a job, and never in place of what a person typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from kit import jobs
from recordings.models import Recording, Tracklist
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tracklists.cue import cue_text
from recordings.tracklists.cue_import import import_beside
from recordings.tracklists.line import Line
from recordings.tracklists.service import lines_of, save_tracklist
from recordings.tracklists.sidecar import write_sidecar
from trackflow.testing.cast import Cast, make_cast

LINES = [Line("Nova", "Glue", 0), Line("Acme", "Low", 60_000)]


def make_night(cast: Cast, settings: Settings, folder: Path) -> Recording:
    settings.SHELVES = [folder]
    recording = make_recording(make_shelf(label=cast.label, root=1), kind="set")
    make_file(recording, "gone.flac", state="missing")
    make_file(recording, "night.flac")
    return recording


@pytest.fixture
def night(cast: Cast, settings: Settings, tmp_path: Path) -> Recording:
    return make_night(cast, settings, tmp_path)


def put(folder: Path, lines: list[Line], more: str = "") -> None:
    (folder / "night.cue").write_text(cue_text(lines, file_name="night.flac") + more)


@pytest.mark.django_db
def test_sheet_is_read_again_only_when_it_says_something_new(night: Recording, tmp_path: Path) -> None:
    assert import_beside(night) is None
    put(tmp_path, LINES, "COLOUR blue")
    first = import_beside(night)
    assert first
    assert (first.source, lines_of(first), first.unread) == ("cue", LINES, "COLOUR blue")
    assert bytes(first.cue_file.path) == b"night.flac" if first.cue_file else False
    again = import_beside(night)
    assert again
    assert again.version == 1
    put(tmp_path, LINES[:1])
    changed = import_beside(night)
    assert changed
    assert (changed.version, lines_of(changed), changed.unread) == (2, LINES[:1], "")


@pytest.mark.django_db
def test_what_a_person_typed_stays(night: Recording, tmp_path: Path) -> None:
    typed = save_tracklist(night, "manual", LINES[1:])
    put(tmp_path, LINES)
    import_beside(night)
    assert lines_of(Tracklist.objects.get(recording=night, is_main=True)) == LINES[1:] == lines_of(typed)


@pytest.mark.django_db
def test_sheet_that_we_wrote_is_not_read_as_another_source(night: Recording) -> None:
    typed = save_tracklist(night, "manual", LINES)
    file = night.files.get(path=b"night.flac")
    typed.sidecar_sha256 = write_sidecar(file, cue_text(LINES, file_name="night.flac"), own_digest="")
    typed.save()
    assert import_beside(night) == typed
    assert Tracklist.objects.count() == 1


@pytest.mark.django_db
def test_bad_sheet_says_why_and_keeps_what_was_read_before(night: Recording, tmp_path: Path) -> None:
    put(tmp_path, LINES)
    import_beside(night)
    (tmp_path / "night.cue").write_bytes(b"x" * 10_000_000)
    refused = import_beside(night)
    assert refused
    assert refused.problem == "The CUE sheet is too large: it may have 400 KB at most."
    assert lines_of(refused) == LINES
    put(tmp_path, LINES)
    mended = import_beside(night)
    assert mended
    assert Tracklist.objects.get().problem == ""


def test_job_reads_the_sheet(
    committed_db: str, run_jobs: Callable[[], None], settings: Settings, tmp_path: Path
) -> None:
    night = make_night(make_cast(), settings, tmp_path)
    put(tmp_path, LINES)
    jobs.announce("recording", queue=jobs.FILES, recording_id=night.pk)
    run_jobs()
    assert lines_of(Tracklist.objects.get(recording=night)) == LINES
