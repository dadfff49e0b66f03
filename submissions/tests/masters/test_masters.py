"""Masters through the door: received once for each sound, removed when a file was matched by mistake."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit import canonical
from labels.models import Label
from submissions.errors import NotPossible
from submissions.masters.status import format_words, read_masters
from submissions.models import Event, Submission
from submissions.permissions import SYSTEM
from submissions.redaction import redact_person
from submissions.tests.builders import MASTER, act, do, history, make_submission
from submissions.timeline import timeline
from submissions.verification import faults


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    return make_submission("signed", producer=maya, label=label, manager=manager)


def digests(submission: Submission) -> list[str]:
    return [master.audio_digest[:2] for master in read_masters(Event.objects.of(submission))]


@pytest.mark.django_db
def test_label_has_the_master_and_nobody_has_to_act(signed: Submission) -> None:
    event = act(signed, "master_received")
    fresh = event.submission
    assert (fresh.state, fresh.turn, fresh.version) == ("signed", signed.turn, signed.version + 1)
    assert (event.actor, event.actor_role, event.private) == (None, "system", {})
    assert canonical.plain(event.payload) == MASTER
    (master,) = read_masters(Event.objects.of(signed))
    assert (master.format_words, master.received_at) == ("24 bit, 44.1 kHz", event.recorded_at)
    assert list(faults()) == []


@pytest.mark.django_db
def test_same_sound_is_received_once_and_another_as_a_second_master(signed: Submission) -> None:
    act(signed, "master_received")
    with pytest.raises(NotPossible, match="received already"):
        act(signed, "master_received", file_digest="f2" * 32)
    act(signed, "master_received", audio_digest="a2" * 32)
    assert digests(signed) == ["a1", "a2"]
    assert list(faults()) == []


@pytest.mark.django_db
def test_same_key_writes_one_event(signed: Submission) -> None:
    key = uuid.uuid4()
    first = do(signed, "master_received", SYSTEM, key=key)
    assert do(signed, "master_received", SYSTEM, key=key) == first
    assert history(signed).count("master_received") == 1


@pytest.mark.django_db
def test_removed_master_is_gone_its_event_stays_and_it_may_come_again(signed: Submission) -> None:
    act(signed, "master_received")
    with pytest.raises(NotPossible, match="was not received"):
        act(signed, "master_removed", file_digest="f2" * 32)
    act(signed, "master_removed")
    assert digests(signed) == []
    with pytest.raises(NotPossible, match="was not received"):
        act(signed, "master_removed")
    act(signed, "master_received")
    assert digests(signed) == ["a1"]
    assert history(signed)[-3:] == ["master_received", "master_removed", "master_received"]
    assert list(faults()) == []


WRONG: list[dict[str, Any]] = [
    {"codec": "../Tide.wav"},
    {"codec": ""},
    {"sample_rate": 0},
    {"sample_rate": 44_100.0},
    {"bit_depth": 0},
    {"bit_depth": 65},
    {"length_ms": -1},
    {"file_digest": "f1" * 31},
    {"audio_digest": "A1" * 32},
]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_describes_no_file_is_refused(signed: Submission, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="what the file is"):
        act(signed, "master_received", **wrong)
    assert history(signed)[-1] == "sign"


@pytest.mark.django_db
@pytest.mark.parametrize("team", [True, False])
def test_timeline_says_format_and_fingerprint_and_no_more(signed: Submission, team: bool) -> None:
    act(signed, "master_received")
    act(signed, "master_removed")
    received, removed = timeline(signed, team=team)[-2:]
    assert (received.who, received.what) == ("Trackflow", "found the master in the label’s files")
    assert received.lines == [
        ("Received", "24 bit, 44.1 kHz"),
        ("Fingerprint of the file (SHA-256)", "f1" * 32),
    ]
    assert removed.lines == received.lines[1:]


@pytest.mark.django_db
def test_redaction_keeps_what_is_nobodys_data(signed: Submission) -> None:
    event = act(signed, "master_received")
    redact_person(signed.producer)
    assert Event.objects.get(pk=event.pk).payload == MASTER
    assert digests(signed) == ["a1"]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("codec", "rate", "depth", "words"),
    [
        ("pcm_s24le", 44_100, 24, "24 bit, 44.1 kHz"),
        ("flac", 96_000, 24, "24 bit, 96 kHz"),
        ("pcm_s16be", 88_200, 16, "16 bit, 88.2 kHz"),
        ("alac", 176_400, 24, "24 bit, 176.4 kHz"),
        ("mp3", 44_100, None, "MP3, 44.1 kHz"),
        ("mp3", 44_100, 32, "MP3, 44.1 kHz"),
        ("aac", 22_050, None, "AAC, 22.05 kHz"),
        ("flac", None, None, "FLAC"),
        ("", None, None, ""),
    ],
)
def test_format_is_said_as_people_say_it(codec: str, rate: int | None, depth: int | None, words: str) -> None:
    assert format_words(codec, rate, depth) == words
