"""Masters found inside sets by their fingerprints, which `fpcalc` 1.5.1 took of synthesised tracks and a mix of them.

In the mix the first track plays as it is, the second one per cent faster and higher, the third from its tenth
second on. The fourth is not in it.
"""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from recordings.choices import Kind, TracklistSource
from recordings.models import Recording, SetFingerprint, Shelf, Tracklist
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.fingerprint_matches import heard_in
from recordings.tracklists.own_music import match
from recordings.tracklists.service import lines_of
from trackflow.testing.cast import Cast

KEPT: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "fingerprints.json").read_text())
MASTERS = [(int(key), items) for key, items in KEPT["masters"].items()]


def test_masters_are_found_where_they_begin() -> None:
    found = heard_in(KEPT["set"], MASTERS)
    assert [key for key, _ in found] == [1, 2, 3]
    for key, heard in found:
        assert abs(heard.start_ms - KEPT["starts_ms"][str(key)]) <= 5_000
        assert 40_000 <= heard.end_ms - heard.start_ms <= 70_000
        assert 0.5 <= heard.confidence <= 1
    assert found[0][1].confidence > found[1][1].confidence


def test_half_the_bits_wrong_is_nothing() -> None:
    chance = random.Random(1)
    noise = [chance.getrandbits(32) for _ in range(5_000)]
    assert heard_in(noise, MASTERS) == []
    assert heard_in(KEPT["set"], [(1, noise[:900])]) == []


@pytest.mark.parametrize("share", [0.0, 0.05, 0.15])
def test_noise_lowers_the_confidence(share: float) -> None:
    chance = random.Random(2)
    noisy = [item ^ sum(1 << bit for bit in range(32) if chance.random() < share) for item in KEPT["set"]]
    ((_, heard),) = heard_in(noisy, MASTERS[:1])
    assert abs(heard.start_ms - KEPT["starts_ms"]["1"]) <= 5_000
    assert heard.confidence <= 1 - share


@pytest.mark.parametrize("items", [[], [1], [0] * 200, [0] * 58_000])
def test_odd_fingerprints_are_no_match_and_no_fault(items: list[int]) -> None:
    assert heard_in(items, [(1, MASTERS[0][1]), (2, []), (3, [7])]) == []
    assert heard_in(KEPT["set"], [(1, items)]) == []


def test_two_hours_and_a_hundred_masters_take_seconds() -> None:
    chance = random.Random(3)
    hours = [chance.getrandbits(32) for _ in range(58_000)]
    masters = [(key, [chance.getrandbits(32) for _ in range(950)]) for key in range(100)]
    began = time.process_time()
    assert heard_in(hours, masters) == []
    assert time.process_time() - began < 10


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return make_shelf(label=cast.label)


@pytest.fixture
def night(shelf: Shelf) -> Recording:
    recording = make_recording(shelf, kind=Kind.SET, audio_digest="a")
    SetFingerprint.objects.create(recording=recording, audio_digest="a", items=KEPT["set"])
    return recording


def make_master(shelf: Shelf, key: int, **fields: Any) -> Recording:
    said = {"artist": "Nova", "title": f"Track {key}", "fingerprint": dict(MASTERS)[key]}
    return make_recording(shelf, **said | fields)


@pytest.mark.django_db
def test_set_gets_a_tracklist_of_what_is_heard(shelf: Shelf, night: Recording) -> None:
    make_master(shelf, 2, mix="Acme Remix")
    make_master(shelf, 1)
    make_master(shelf, 4)
    make_master(shelf, 3, title="", artist="", kind=Kind.STEM)
    assert match(night) == 1
    tracklist = Tracklist.objects.get()
    assert (tracklist.source, tracklist.is_main) == (TracklistSource.MATCHED, True)
    assert [(line.artist, line.title) for line in lines_of(tracklist)] == [
        ("Nova", "Track 1"),
        ("Nova", "Track 2 (Acme Remix)"),
    ]
    assert all(0.5 <= (line.confidence or 0) <= 1 for line in lines_of(tracklist))
    assert match(night) == 0
    assert Tracklist.objects.get().version == 1


@pytest.mark.django_db
def test_new_master_is_looked_for_in_sets_of_its_owner(shelf: Shelf, night: Recording, cast: Cast) -> None:
    assert match(make_master(make_shelf(label=cast.label), 1)) == 1
    assert match(make_master(make_shelf(person=cast.rival), 2)) == 0
    assert match(make_master(shelf, 4)) == 0
    assert [line.title for line in lines_of(Tracklist.objects.get())] == ["Track 1"]


@pytest.mark.django_db
def test_set_without_a_file_is_left_alone(shelf: Shelf) -> None:
    make_master(shelf, 1)
    assert match(make_recording(shelf, kind=Kind.SET)) == 0
    assert not Tracklist.objects.exists()
