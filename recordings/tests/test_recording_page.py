"""One recording: what is known with every source, what a person says, tempos set right, files, a set's line."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from recordings.choices import Change, Fact, FileState, Kind
from recordings.facts.known import effective
from recordings.facts.service import Statement, record_measured, record_tags, set_fact
from recordings.models import FileChange, Recording
from recordings.tests.builders import make_file, make_recording, make_shelf
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording(cast: Cast, settings: Settings, tmp_path: Path) -> Recording:
    """A recording whose tags and measuring disagree."""
    settings.SHELVES = [tmp_path]
    found = make_recording(
        make_shelf(label=cast.label, name="Masters"), sample_rate=44_100, bit_depth=24, channels=2
    )
    make_file(found, "2026/Night Dive.wav", sha256="a" * 64, xxh128="b" * 32)
    record_tags(found, {Fact.TITLE: "Night Dive", Fact.TEMPO: "124"})
    record_measured(found, [Statement(Fact.TEMPO, "62.00", 0.7), Statement(Fact.LOUDNESS, "-8.4", 0.99)])
    return found


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def path_of(recording: Recording, *parts: str) -> str:
    return "/".join([f"/recordings/{recording.reference}", *parts, ""])


def text_of(client: Client, recording: Recording) -> str:
    answer = client.get(path_of(recording))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_page_shows_all_sources_the_one_that_counts_first(cast: Cast, recording: Recording) -> None:
    page = text_of(client_of(cast.viewer), recording)
    assert page.index("124 BPM") < page.index("62 BPM")
    assert page.count("From the file&#39;s tags") == 2
    assert "Measured, 70% sure: 62 BPM" in page
    assert "−8.4 LUFS" in page
    assert "44.1 kHz" in page
    assert "24 bit" in page
    assert "stereo" in page
    assert "2026/Night Dive.wav" in page
    assert "a" * 64 in page


def test_viewer_is_offered_no_change(cast: Cast, recording: Recording) -> None:
    page = text_of(client_of(cast.viewer), recording)
    assert "Save" not in page
    assert "Tempo read wrong?" not in page


def test_manager_says_what_is_true_and_takes_it_back(
    cast: Cast, manager: Client, recording: Recording
) -> None:
    answer = manager.post(path_of(recording, "facts", "title"), {"value": "Night Dive II"}, follow=True)
    assert answer.redirect_chain == [(path_of(recording), 303)]
    page = text_of(manager, recording)
    assert "Typed by Mona" in page
    assert "<h1>Night Dive II</h1>" in page
    manager.post(path_of(recording, "facts", "title"), {"clear": "1"})
    assert effective(recording)[Fact.TITLE].value == "Night Dive"


@pytest.mark.parametrize(
    ("fact", "typed", "sentence"),
    [
        ("tempo", "fast", "as a number"),
        ("tempo", "12", "between 40 and 300"),
        ("isrc", "X", "ISRC"),
        ("title", "  ", "Give the title, or clear it."),
        ("title", "x\x01", "characters that are not text"),
    ],
)
def test_what_is_no_value_is_refused_beside_its_field(
    manager: Client, recording: Recording, fact: str, typed: str, sentence: str
) -> None:
    answer = manager.post(path_of(recording, "facts", fact), {"value": typed})
    assert answer.status_code == 422
    row = next(row for row in answer.context["facts"] if row.fact == fact)
    assert sentence in " ".join(row.form.errors["value"])
    assert f'id="fact-{fact}"' in answer.content.decode()
    assert row.form["value"].value() == typed


@pytest.mark.parametrize("fact", ["loudness", "mood", "rubbish"])
def test_what_is_only_measured_has_no_address_to_set_it(
    manager: Client, recording: Recording, fact: str
) -> None:
    assert manager.post(path_of(recording, "facts", fact), {"value": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("correction", "tempo"),
    [("double", "248"), ("half", "62"), ("three_halves", "186"), ("two_thirds", "82.67")],
)
def test_tempo_is_set_right_by_one_button(
    manager: Client, recording: Recording, correction: str, tempo: str
) -> None:
    answer = manager.post(path_of(recording, "tempo"), {"correction": correction}, follow=True)
    assert f"Tempo saved: {tempo} BPM." in answer.content.decode()
    assert f"{tempo} BPM" in text_of(manager, recording)


def test_tempo_that_no_music_has_is_refused(cast: Cast, manager: Client, recording: Recording) -> None:
    set_fact(recording, Fact.TEMPO, "200", by=cast.manager)
    answer = manager.post(path_of(recording, "tempo"), {"correction": "double"})
    assert answer.status_code == 422
    assert "No tempo lies below 40 or above 300 BPM." in answer.content.decode()


def test_person_picks_among_what_was_measured(manager: Client, recording: Recording) -> None:
    record_tags(recording, {})
    record_measured(recording, [Statement(Fact.TEMPO, "87.00", 0.4, ("87.00", "174.00"))])
    page = text_of(manager, recording)
    assert "Not sure yet" in page
    assert 'name="value" value="174.00">174 BPM' in page
    manager.post(path_of(recording, "facts", "tempo"), {"value": "174.00"})
    assert Recording.objects.get().tempo == 174


def test_manager_changes_the_kind(manager: Client, recording: Recording) -> None:
    assert manager.post(path_of(recording, "kind"), {"kind": "set"}).status_code == 303
    assert Recording.objects.get().kind == Kind.SET
    assert manager.post(path_of(recording, "kind"), {"kind": "song"}).status_code == 422


def test_files_say_what_is_wrong_with_them(cast: Cast, recording: Recording) -> None:
    make_file(
        recording,
        "copy \udcff.wav".encode(errors="surrogateescape").decode("latin-1"),
        state=FileState.MISSING,
    )
    recording.files.update(problem="The file ends in the middle.")
    Recording.objects.update(length_ms=7_100, declared_ms=360_000)
    page = text_of(client_of(cast.viewer), recording)
    assert "The same audio lies in 2 places." in page
    assert "Missing" in page
    assert "The file ends in the middle." in page
    assert "The file is cut off: 0:07 of 6:00 can be read." in page


def test_set_shows_its_line_as_a_table_and_a_drawing(cast: Cast, recording: Recording) -> None:
    parts = [("120.00", 0), ("", 120_000), ("124.00", 240_000), ("126.00", 360_000)]
    said = [Statement(Fact.TEMPO, tempo, 0.9, (), at, at + 60_000) for tempo, at in parts if tempo]
    said += [Statement(Fact.KEY, "8A", 0.9, (), at, at + 60_000) for _, at in parts]
    record_measured(recording, said)
    page = text_of(client_of(cast.viewer), recording)
    assert page.count("<polyline") == 2  # a gap begins a new line
    assert "Tempo from 120 BPM to 126 BPM" in page
    assert '<th scope="row" class="num">4:00</th><td class="num">124 BPM</td><td class="mono">8A</td>' in page


def test_person_without_a_label_keeps_their_own(cast: Cast, recording: Recording) -> None:
    own = make_recording(make_shelf(person=cast.stranger))
    client = client_of(cast.stranger)
    assert "Save" in text_of(client, own)
    assert client.post(path_of(own, "facts", "key"), {"value": "Am"}).status_code == 303
    assert Recording.objects.get(pk=own.pk).key == "8A"
    assert client.get(path_of(recording)).status_code == 404
    assert client.get("/recordings/keys/").status_code == 200


def test_page_takes_as_many_queries_for_much_as_for_little(manager: Client, recording: Recording) -> None:
    counts = []
    manager.get(path_of(recording))  # reads what is cached for a minute
    for many in (1, 5):
        for number in range(many):
            make_file(recording, f"{many}-{number}.wav")
            record_measured(
                recording, [Statement(Fact.KEY, "8A", 1, (), at * 1000, None) for at in range(many)]
            )
        for file in recording.files.all():
            FileChange.objects.create(file=file, kind=Change.RETAGGED, recording=recording)
        with CaptureQueriesContext(connection) as queries:
            text_of(manager, recording)
        counts.append(len(queries))
    assert counts == [8, 8]
