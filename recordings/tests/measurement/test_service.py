"""Files on a shelf measured by the job, by the real process: what is kept, what is said when it cannot be."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts.models import User
from labels.tests.builders import make_user
from recordings.choices import Fact, FileState, Kind, Source
from recordings.facts.corrections import Correction
from recordings.facts.known import effective
from recordings.facts.service import correct_tempo, set_fact
from recordings.measurement import service
from recordings.measurement.engine import NotMeasured
from recordings.models import File, Metadatum, Recording, Shelf
from recordings.tasks import RETRY, measure
from recordings.tests.builders import make_file, make_recording, make_shelf


@pytest.fixture
def keeper(db: None) -> User:
    return make_user()


@pytest.fixture
def place(keeper: User, tmp_path: Path, settings: Settings) -> Path:
    """The folder of the keeper's shelf."""
    settings.SHELVES = [tmp_path]
    make_shelf(person=keeper, root=1)
    return tmp_path


def kept(place: Path, source: Path | bytes, name: str = "a.wav", **fields: object) -> File:
    """A file on the shelf with its recording, as catalogued."""
    path = place / name
    if isinstance(source, Path):
        shutil.copy(source, path)
    else:
        path.write_bytes(source)
    status = path.stat()
    recording = make_recording(Shelf.objects.get(root=1), **fields)
    return make_file(recording, name, size=status.st_size, mtime_ns=status.st_mtime_ns)


def recording_of(file: File) -> Recording:
    return Recording.objects.get(files=file)


def values(file: File) -> dict[str, str]:
    return {fact: known.value for fact, known in effective(recording_of(file)).items()}


def test_track_is_measured_with_its_genre(place: Path, house: Path, keeper: User) -> None:
    file = kept(place, house)
    set_fact(recording_of(file), Fact.GENRE, "House", by=keeper)
    measure(file_id=file.pk)
    said = values(file)
    assert (said[Fact.TEMPO], said[Fact.KEY]) == ("124.30", "8A")
    assert {Fact.LOUDNESS, Fact.LOUDNESS_RANGE, Fact.TRUE_PEAK, Fact.CLIPPED, Fact.BRIGHTNESS, Fact.MOOD} < {
        *said
    }
    recording = recording_of(file)
    assert (recording.tempo, recording.key) == (Decimal("124.30"), "8A")
    assert (recording.codec, recording.bit_depth, recording.channels) == ("pcm_s16le", 16, 1)
    assert recording.length_ms == recording.declared_ms == 60_000
    mood = Metadatum.objects.get(key=Fact.MOOD)
    assert mood.confidence == service.MOOD_CONFIDENCE
    assert Fact.MOOD.label == "Mood (estimated)"


def test_without_a_genre_a_person_picks_and_a_genre_settles_it(
    place: Path, house: Path, keeper: User
) -> None:
    file = kept(place, house)
    measure(file_id=file.pk)
    known = effective(recording_of(file))[Fact.TEMPO]
    assert known.is_open
    assert "124.30" in known.counts.candidates
    assert recording_of(file).tempo is None
    ProcrastinateJob.objects.all().delete()
    set_fact(recording_of(file), Fact.GENRE, "House", by=keeper)
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.args["file_id"]) == ("recordings.measure", "files", file.pk)
    measure(file_id=file.pk)
    assert recording_of(file).tempo == Decimal("124.30")


def test_measuring_again_changes_nothing_and_is_not_done_twice(
    place: Path, house: Path, keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept(place, house)
    set_fact(recording_of(file), Fact.GENRE, "House", by=keeper)
    measure(file_id=file.pk)
    correct_tempo(recording_of(file), Correction.HALF, by=keeper)
    before = list(Metadatum.objects.order_by("pk").values())
    measure(file_id=file.pk)
    assert list(Metadatum.objects.order_by("pk").values()) == before
    Recording.objects.update(measured_as="")
    measure(file_id=file.pk)
    assert list(Metadatum.objects.order_by("pk").values()) == before
    assert values(file)[Fact.TEMPO] == "62.15"


def test_live_recording_has_a_line_over_time(place: Path, set_file: Path) -> None:
    file = kept(place, set_file, kind=Kind.LIVE)
    measure(file_id=file.pk)
    parts = recording_of(file).metadata.exclude(begin_ms=None)
    tempos = parts.filter(key=Fact.TEMPO).order_by("begin_ms")
    assert [(row.begin_ms, row.end_ms) for row in tempos] == [(0, 120_000), (120_000, 240_000)]
    assert [float(row.value) for row in tempos] == pytest.approx([120, 136], abs=0.2)
    assert Fact.TEMPO not in values(file)


def test_what_is_no_audio_is_said_on_the_file_and_not_tried_again(place: Path) -> None:
    file = kept(place, b"root:x:0:0\n" * 100)
    measure(file_id=file.pk)
    file.refresh_from_db()
    assert file.problem == "There is no audio in it that can be read."
    assert not Metadatum.objects.exists()


def test_file_that_was_cut_off_is_measured_and_flagged(place: Path, house: Path) -> None:
    file = kept(place, house.read_bytes()[:2_000_000])
    measure(file_id=file.pk)
    recording = recording_of(file)
    assert recording.is_cut_off
    assert (recording.declared_ms, recording.length_ms) == (60_000, 22_674)
    assert not Recording(declared_ms=60_000, length_ms=59_950).is_cut_off


def test_failure_is_said_on_the_file_tried_again_and_forgotten_after_success(
    place: Path, house: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept(place, house)
    with monkeypatch.context() as patch:
        patch.setattr(service, "PATIENCE", -100.0)
        with pytest.raises(NotMeasured, match="took too long"):
            measure(file_id=file.pk)
    file.refresh_from_db()
    assert file.problem == "Measuring took too long and was stopped."
    assert measure.retry_strategy == RETRY
    measure(file_id=file.pk)
    file.refresh_from_db()
    assert file.problem == ""
    assert recording_of(file).measured_at


def test_file_that_changed_or_is_gone_is_left_to_the_watcher(place: Path, house: Path) -> None:
    file = kept(place, house)
    with (place / "a.wav").open("ab") as stream:
        stream.write(b"more")
    measure(file_id=file.pk)
    assert not Metadatum.objects.exists()
    (place / "a.wav").unlink()
    measure(file_id=file.pk)
    file.refresh_from_db()
    assert file.problem == "It is not there any more."
    File.objects.update(state=FileState.MISSING, problem="")
    measure(file_id=file.pk)
    assert not Metadatum.objects.filter(source=Source.MEASURED).exists()


def test_job_for_a_file_without_a_recording_does_nothing(place: Path) -> None:
    file = kept(place, b"")
    File.objects.update(recording=None)
    measure(file_id=file.pk)
    measure(file_id=file.pk + 1)
    assert not ProcrastinateJob.objects.filter(task_name="recordings.measure").exists()
