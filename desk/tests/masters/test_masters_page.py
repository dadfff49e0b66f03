"""The master of a signed demo at its desk: shown to all, matched by managers."""

from typing import Any

import pytest

from desk.tests.masters.masters_page import matched, page, post, url_of
from labels import status
from labels.tests.builders import make_label
from recordings.choices import Fact, Kind, MatchHow
from recordings.facts.service import Statement, record_measured, record_tags
from recordings.masters.service import match_one
from recordings.models import Candidate, Recording, Shelf
from recordings.tests.builders import make_file, make_shelf
from recordings.tests.masters.builders import kept
from submissions.models import Submission
from submissions.tests.builders import act, history, items_of
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

WITHOUT = 9
"""What the page of a signed demo asks where no folder is named."""


def test_every_member_reads_what_the_master_is(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    recording = matched(shelf, signed)
    measured = [
        Statement(Fact.LOUDNESS, "-9.1", 0.9),
        Statement(Fact.TRUE_PEAK, "-0.3", 0.9),
        Statement(Fact.CLIPPED, "3", 0.9),
    ]
    record_measured(recording, measured)
    for member in (cast.viewer, cast.reviewer, cast.manager):
        for name in ("submission", "master"):
            shown = page(member, signed, name)
            for words in (
                "24 bit, 44.1 kHz",
                "6:25",
                "−9.1 LUFS",
                "−0.3 dBTP",
                "3 clipped samples",
                "f1" * 32,
            ):
                assert words in shown, (member, name, words)
            assert ("Remove the match" in shown) is (member == cast.manager and name == "master")
            assert "in/" not in shown


def test_without_shelves_nothing_is_there_and_nothing_is_asked(
    cast: Cast, shelf: Shelf, signed: Submission, settings: Any, django_assert_num_queries: Any
) -> None:
    matched(shelf, signed)
    settings.SHELVES = []
    client = client_of(cast.manager)
    client.get(url_of(signed, "submission"))
    with django_assert_num_queries(WITHOUT):
        shown = client.get(url_of(signed, "submission")).content.decode()
    assert "masters-title" not in shown
    assert client.get(url_of(signed)).status_code == 404
    assert client.post(url_of(signed)).status_code == 404


def test_queries_are_as_many_for_one_master_as_for_five(
    cast: Cast, shelf: Shelf, signed: Submission, django_assert_num_queries: Any
) -> None:
    client = client_of(cast.manager)
    client.get(url_of(signed, "submission"))
    with django_assert_num_queries(WITHOUT + 2):  # the label's shelves, and no recording
        client.get(url_of(signed, "submission"))
    for number in range(1, 6):
        make_file(matched(shelf, signed, digest=f"a{number}"), f"copy {number}.wav")
        if number in (1, 5):
            with django_assert_num_queries(WITHOUT + 4):
                client.get(url_of(signed, "submission"))


def test_label_without_a_shelf_sees_no_panel(
    cast: Cast, signed: Submission, settings: Any, tmp_path: Any
) -> None:
    settings.SHELVES = [tmp_path]
    assert "masters-title" not in page(cast.manager, signed, "submission")
    assert "No shelf" in page(cast.manager, signed)


@pytest.mark.parametrize("state", ["in_review", "accepted"])
def test_demo_that_is_not_signed_has_no_master(state: str, cast: Cast, shelf: Shelf) -> None:
    demo = cast.demo(state)
    assert "masters-title" not in page(cast.manager, demo, "submission")
    assert "Not signed" in page(cast.manager, demo)
    recording = kept(shelf)
    answer = post(cast.manager, demo, act="match", recording=recording.reference, kind="master")
    assert answer.status_code == 422
    assert "not signed" in answer.content.decode()


def test_manager_finds_a_file_by_words_and_matches_it(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    recording = kept(shelf, "2026/Night Ferry final.wav")
    kept(shelf, "2026/Harbour Lights.wav", "a2")
    kept(make_shelf(label=make_label("Elsewhere")), "Night Ferry.wav", "a3")
    kept(make_shelf(person=cast.manager), "Night Ferry own.wav", "a4")
    shown = page(cast.manager, signed, query="?q=ferry night")
    assert "Night Ferry final.wav" in shown
    assert not any(name in shown for name in ("Harbour Lights", "Night Ferry.wav", "own.wav", "2026/"))
    assert "No file without a demo has all these words" in page(cast.manager, signed, query="?q=ferry dawn")
    answer = post(cast.manager, signed, act="match", recording=recording.reference, kind="master")
    assert (answer.status_code, answer.url) == (303, url_of(signed))
    found = Recording.objects.get(pk=recording.pk)
    assert (found.submission, found.matched_how, found.matched_by) == (signed, MatchHow.HAND, cast.manager)
    assert history(signed)[-1] == "master_received"
    assert "Matched by hand" in page(cast.manager, signed)


def test_several_candidates_are_shown_and_one_is_picked(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    other = cast.demo("signed")
    recording = kept(shelf, f"{signed.reference} or {other.reference}.wav")
    match_one(recording.pk)
    assert "1 file on your shelf may belong to this demo." in page(cast.viewer, signed, "submission")
    for demo in (signed, other):
        assert "May belong to this demo" in page(cast.manager, demo)
    assert post(cast.manager, other, act="remove", recording=recording.reference).status_code == 303
    assert "May belong to this demo" not in page(cast.manager, other)
    assert Candidate.objects.get(submission=other).refused_by == cast.manager
    post(cast.manager, signed, act="match", recording=recording.reference, kind="master")
    assert (history(signed)[-1], history(other)[-1]) == ("master_received", "sign")


def test_manager_removes_a_wrong_match(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    recording = matched(shelf, signed)
    answer = post(cast.manager, signed, act="remove", recording=recording.reference)
    assert answer.status_code == 303
    assert history(signed)[-2:] == ["master_received", "master_removed"]
    assert "Not here yet" in page(cast.manager, signed, "submission")
    assert recording.kind == Kind.MASTER


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose a file from the list."),
        ({"recording": "../../etc/passwd"}, "There is no such file on your shelves."),
        ({"recording": "RE-0000-0000"}, "There is no such file on your shelves."),
        ({"recording": "RE-0000-0000", "act": "steal"}, "Select a valid choice."),
        ({"recording": "RE-0000-0000", "kind": "set"}, "Select a valid choice."),
    ],
)
def test_what_names_no_file_is_refused_beside_a_sentence(
    said: dict[str, str], sentence: str, cast: Cast, shelf: Shelf, signed: Submission
) -> None:
    answer = client_of(cast.manager).post(url_of(signed) + "?q=ferry", {"act": "match", **said})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert 'value="ferry"' in shown


def test_file_of_another_label_is_none_of_this_one(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    theirs = kept(make_shelf(label=make_label("Elsewhere")))
    answer = post(cast.manager, signed, act="match", recording=theirs.reference)
    assert answer.status_code == 422
    assert history(signed)[-1] == "sign"


@pytest.mark.parametrize("role", ["viewer", "reviewer"])
def test_reviewers_and_viewers_match_nothing(role: str, cast: Cast, shelf: Shelf, signed: Submission) -> None:
    member = getattr(cast, role)
    assert "Files without a demo" not in page(member, signed)
    answer = post(member, signed, act="match", recording=kept(shelf).reference)
    assert answer.status_code == 403


def test_suspended_label_matches_nothing(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    status.suspend(cast.label, reason="Asked for money.")
    answer = post(cast.manager, signed, act="match", recording=kept(shelf).reference)
    assert answer.status_code == 409
    assert history(signed)[-1] == "sign"


def test_open_request_for_the_master_is_named_beside_it(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    act(signed, "ask_for", items=items_of("WAV master", "Artwork"), manager=cast.manager)
    assert "is still open" not in page(cast.manager, signed, "submission")
    matched(shelf, signed)
    shown = page(cast.manager, signed, "submission")
    assert "“WAV master” is still open. If this file is what you asked for," in shown
    assert "“Artwork” is still open" not in shown
    act(signed, "hand_in", item=1)
    assert "“WAV master” is still open. Compare it with this file, then" in page(
        cast.manager, signed, "submission"
    )
    act(signed, "approve", item=1, manager=cast.manager)
    assert "is still open" not in page(cast.manager, signed, "submission")


def test_copy_that_is_named_premaster_is_the_same_audio(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    recording = matched(shelf, signed)
    make_file(recording, "old/Tide premaster.wav")
    assert "The same audio as the pre-master" in page(cast.viewer, signed)


def test_premaster_on_another_shelf_is_compared(cast: Cast, shelf: Shelf, signed: Submission) -> None:
    matched(shelf, signed)
    other = matched(make_shelf(label=cast.label), signed, kind=Kind.PREMASTER)
    assert page(cast.viewer, signed).count("The same audio as the") == 2
    Recording.objects.filter(pk=other.pk).update(audio_digest="b2" * 32)
    assert "The same audio" not in page(cast.viewer, signed)


def test_isrc_of_tags_is_named_as_the_reason(cast: Cast, shelf: Shelf) -> None:
    demo = cast.demo("signed", isrc="DEABC2600001")
    recording = kept(shelf)
    record_tags(recording, {Fact.ISRC: "DEABC2600001"})
    match_one(recording.pk)
    assert "Matched by its ISRC" in page(cast.viewer, demo)
