"""Recordings find their demos: by code, by name, by hand; never those of another label."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from labels.models import Label
from labels.tests.builders import make_label
from recordings.choices import Fact, FileState, Kind, MatchHow
from recordings.facts.known import effective
from recordings.facts.service import record_tags
from recordings.masters.service import change_kind, match_all, match_by_hand, match_one, remove_match
from recordings.masters.tasks import match_waiting
from recordings.models import Candidate, Recording, Shelf
from recordings.tests.builders import make_shelf
from recordings.tests.masters.builders import WAV, kept
from submissions.masters.status import read_masters
from submissions.models import Event, Submission
from submissions.tests.builders import act, history, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db


def fresh(recording: Recording) -> Recording:
    return Recording.objects.select_related("submission").get(pk=recording.pk)


def told(submission: Submission) -> list[str]:
    return [name for name in history(submission) if name.startswith("master")]


def test_reference_in_a_file_name_matches(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"in/{signed.reference.lower().replace('-', '_')} tide.wav")
    assert match_one(recording.pk)
    found = fresh(recording)
    assert (found.submission, found.matched_how, found.matched_by) == (signed, MatchHow.REFERENCE, None)
    (master,) = read_masters(Event.objects.of(signed))
    assert (master.format_words, master.length_ms) == ("24 bit, 44.1 kHz", 384_512)
    assert (master.file_digest, master.audio_digest) == ("f1" * 32, "a1" * 32)
    assert list(faults()) == []


def test_isrc_of_the_tags_matches(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf)
    record_tags(recording, {Fact.ISRC: "DE-ABC-26-00001"})
    assert match_one(recording.pk)
    assert fresh(recording).matched_how == MatchHow.ISRC


def test_what_the_demo_says_counts_over_tags(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    record_tags(recording, {Fact.TITLE: "track01", Fact.TEMPO: "87"})
    match_one(recording.pk)
    known = effective(fresh(recording))
    assert known[Fact.TITLE].value == signed.title
    assert known[Fact.GENRE].value == signed.genre


@pytest.mark.parametrize("state", ["submitted", "accepted", "rejected"])
def test_demo_without_a_deal_has_no_master(
    state: str, maya: User, label: Label, manager: User, shelf: Shelf
) -> None:
    demo = make_submission(state, producer=maya, label=label, manager=manager)
    recording = kept(shelf, f"{demo.reference}.wav")
    assert not match_one(recording.pk)
    with pytest.raises(ValidationError, match="not signed"):
        match_by_hand(recording, demo, kind="master", by=manager)
    assert fresh(recording).submission is None


def test_another_labels_file_never_matches(signed: Submission) -> None:
    other = make_shelf(label=make_label("Elsewhere"))
    recording = kept(other, f"{signed.reference}.wav")
    record_tags(recording, {Fact.ISRC: signed.isrc})
    assert not match_one(recording.pk)
    with pytest.raises(ValidationError, match="not on a shelf of this label"):
        match_by_hand(recording, signed, kind="master", by=signed.producer)
    for write in (
        lambda: Recording.objects.filter(pk=recording.pk).update(submission=signed),
        lambda: Candidate.objects.create(recording=recording, submission=signed, how=MatchHow.ISRC),
    ):
        with pytest.raises(IntegrityError, match="shelf of the label"), transaction.atomic():
            write()
    assert told(signed) == []


def test_shelf_with_masters_stays_with_its_label(signed: Submission, shelf: Shelf) -> None:
    match_one(kept(shelf, f"{signed.reference}.wav").pk)
    with pytest.raises(IntegrityError, match="holds masters"), transaction.atomic():
        Shelf.objects.filter(pk=shelf.pk).update(label=make_label("Elsewhere"))


def test_persons_own_shelf_is_not_matched(signed: Submission, maya: User) -> None:
    assert not match_one(kept(make_shelf(person=maya), f"{signed.reference}.wav").pk)


@pytest.mark.parametrize("kind", [Kind.SET, Kind.LIVE, Kind.STEM])
def test_what_is_no_master_is_not_matched(kind: Kind, signed: Submission, shelf: Shelf) -> None:
    assert not match_one(kept(shelf, f"{signed.reference}.wav", kind=kind).pk)


def test_several_demos_are_left_to_a_person(
    signed: Submission, maya: User, label: Label, manager: User, shelf: Shelf
) -> None:
    other = make_submission("signed", producer=maya, label=label, manager=manager)
    recording = kept(shelf, f"{other.reference}.wav")
    record_tags(recording, {Fact.ISRC: signed.isrc})
    assert not match_one(recording.pk)
    assert not match_one(recording.pk)
    offered = Candidate.objects.order_by("pk").values_list("submission", "how")
    assert sorted(offered) == [(signed.pk, "isrc"), (other.pk, "reference")]
    match_by_hand(recording, other, kind="master", by=manager)
    found = fresh(recording)
    assert (found.submission, found.matched_how, found.matched_by) == (other, MatchHow.HAND, manager)
    assert (told(other), told(signed)) == (["master_received"], [])


def test_job_that_runs_twice_tells_once(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    for _ in range(3):
        match_one(recording.pk)
    assert told(signed) == ["master_received"]


def test_new_tags_are_no_new_master_and_other_audio_is(signed: Submission, shelf: Shelf) -> None:
    first = kept(shelf, f"{signed.reference}.wav")
    match_one(first.pk)
    first.files.update(sha256="f2" * 32)
    match_one(first.pk)
    assert told(signed) == ["master_received"]
    match_one(kept(shelf, f"{signed.reference} v2.wav", "a2").pk)
    assert told(signed) == ["master_received"] * 2
    assert list(faults()) == []


def test_premaster_is_matched_and_nobody_is_told(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"{signed.reference} premaster.wav")
    assert match_one(recording.pk)
    assert fresh(recording).kind == Kind.PREMASTER
    assert told(signed) == []
    match_by_hand(recording, signed, kind="master", by=signed.producer)
    assert told(signed) == ["master_received"]


@pytest.mark.parametrize(
    "unknown",
    [
        {"audio_digest": ""},
        {"sample_rate": None},
        {"sample_rate": 2_822_400},
        {"length_ms": None},
        {"declared_ms": 500_000},
        {"codec": ""},
    ],
)
def test_nobody_is_told_before_the_file_is_known_and_whole(
    unknown: dict[str, Any], signed: Submission, shelf: Shelf
) -> None:
    recording = kept(shelf, f"{signed.reference}.wav", **unknown)
    assert match_one(recording.pk)
    assert told(signed) == []
    Recording.objects.filter(pk=recording.pk).update(audio_digest="a1" * 32, **WAV)
    match_one(recording.pk)
    assert told(signed) == ["master_received"]


def test_missing_file_is_no_evidence(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    recording.files.update(state=FileState.MISSING)
    assert not match_one(recording.pk)


def test_wrong_match_is_removed_and_does_not_come_back(
    signed: Submission, shelf: Shelf, manager: User
) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    match_one(recording.pk)
    remove_match(fresh(recording), signed, by=manager)
    assert told(signed) == ["master_received", "master_removed"]
    assert effective(recording) == {}
    assert not match_one(recording.pk)
    refused = Candidate.objects.get()
    assert (refused.refused_by, refused.how) == (manager, MatchHow.REFERENCE)
    match_by_hand(recording, signed, kind="master", by=manager)
    assert told(signed)[2:] == ["master_received"]
    assert list(faults()) == []


def test_other_copy_on_another_shelf_keeps_the_master(
    signed: Submission, shelf: Shelf, label: Label, manager: User
) -> None:
    first, second = (kept(each, f"{signed.reference}.wav") for each in (shelf, make_shelf(label=label)))
    match_one(first.pk)
    match_one(second.pk)
    remove_match(fresh(first), signed, by=manager)
    assert told(signed) == ["master_received"]
    remove_match(fresh(second), signed, by=manager)
    assert told(signed) == ["master_received", "master_removed"]


def test_match_of_a_deal_that_fell_through_is_removed_without_a_word(
    signed: Submission, shelf: Shelf, manager: User
) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    match_one(recording.pk)
    act(signed, "rescind", manager=manager)
    remove_match(fresh(recording), signed, by=manager)
    assert told(signed) == ["master_received"]
    assert fresh(recording).submission is None


def test_master_of_another_demo_is_removed_there_first(
    signed: Submission, maya: User, label: Label, manager: User, shelf: Shelf
) -> None:
    other = make_submission("signed", producer=maya, label=label, manager=manager)
    recording = kept(shelf, f"{signed.reference}.wav")
    match_one(recording.pk)
    with pytest.raises(ValidationError, match="Remove it there first"):
        match_by_hand(recording, other, kind="master", by=manager)


def test_what_waited_for_its_deal_is_matched_by_the_next_round(
    maya: User, label: Label, manager: User, shelf: Shelf, settings: Any, tmp_path: Any
) -> None:
    settings.SHELVES = [tmp_path]
    demo = make_submission("accepted", producer=maya, label=label, manager=manager)
    recording = kept(shelf, f"{demo.reference}.wav")
    assert match_waiting() == 0
    act(demo, "sign")
    settings.SHELVES = []
    assert match_waiting() == 0
    settings.SHELVES = [tmp_path]
    assert match_waiting() == 1
    assert fresh(recording).submission == demo


def test_matching_many_asks_as_often_as_matching_one(
    signed: Submission, shelf: Shelf, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        record_tags(kept(shelf, f"Tide {number}.wav", f"b{number:x}"), {Fact.ISRC: "DEABC2600009"})
    rows = list(Recording.objects.select_related("shelf"))
    for some in (rows[:1], rows):
        with django_assert_num_queries(5):
            assert match_all(some) == 0


def test_other_kind_of_a_matched_recording_is_told_to_its_demo(signed: Submission, shelf: Shelf) -> None:
    recording = kept(shelf, f"{signed.reference}.wav")
    match_one(recording.pk)
    change_kind(recording, Kind.PREMASTER)
    assert told(signed) == ["master_received", "master_removed"]
    change_kind(recording, Kind.STEM)
    change_kind(recording, Kind.MASTER)
    assert told(signed) == ["master_received", "master_removed", "master_received"]
    loose = kept(shelf, "Tide.wav", "a2")
    change_kind(loose, Kind.SET)
    assert fresh(loose).kind == Kind.SET
    assert list(faults()) == []
