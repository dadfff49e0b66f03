"""Deliverables through the door: asked for, handed in, approved, asked again, waived."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit import canonical
from kit.clock import at, now
from labels.models import Label
from submissions.deliverables.items import is_complete
from submissions.errors import NotPossible
from submissions.models import Deliverable, Event, Submission
from submissions.redaction import redact, redact_person
from submissions.tests.builders import act, history, items_of, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db
LINK = "https://www.dropbox.com/scl/fi/a1/master.wav?rlkey=b2&dl=0"


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    return make_submission("signed", producer=maya, label=label, manager=manager)


def only(submission: Submission) -> Deliverable:
    return Deliverable.objects.get(submission=submission)


def test_label_asks_and_each_thing_has_its_own_date(signed: Submission) -> None:
    items = items_of("WAV master") + items_of("Legal name", kind="personal", days=5)
    event = act(signed, "ask_for", items=items, note="Thank you!")
    rows = list(Deliverable.objects.of(signed))
    assert [(row.number, row.name, row.kind, row.state) for row in rows] == [
        (1, "WAV master", "link", "asked"),
        (2, "Legal name", "personal", "asked"),
    ]
    assert [row.due_at for row in rows] == [item["due"] for item in items]
    assert event.payload["items"][1] == {
        "number": 2,
        "kind": "personal",
        "due": canonical.moment(items[1]["due"]),
    }
    assert event.private == {"names": ["WAV master", "Legal name"]}
    assert not is_complete(signed)
    act(signed, "ask_for", items=items_of("Artwork"))
    assert Deliverable.objects.of(signed).last().number == 3  # type: ignore[union-attr]  # there is one
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "at least one thing"),
        (items_of(*["A"] * 21), "at most 20"),
        ([{"name": " ", "kind": "link", "due": None}], "needs a name"),
        ([{"name": "x" * 121, "kind": "link", "due": None}], "needs a name"),
        ([{"name": "A", "kind": "gold", "due": None}], "Say what “A” is"),
        (items_of("A", days=-1), "lies ahead"),
        (items_of("A", days=800), "lies ahead"),
    ],
)
def test_wrong_request_is_refused(signed: Submission, items: list[Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        act(signed, "ask_for", items=items)
    assert history(signed)[-1] == "sign"


def test_producer_hands_in_a_link_and_the_event_holds_only_its_digest(signed: Submission) -> None:
    act(signed, "ask_for")
    event = act(signed, "hand_in", value={"url": LINK}, note="24 bit")
    row = only(signed)
    assert (row.state, row.url) == ("handed_in", LINK)
    assert row.due_at == event.recorded_at + timedelta(days=7)
    assert event.payload == {"item": 1, "digest": row.digest_hex}
    sealed = canonical.digest(bytes(row.salt), canonical.encode({"kind": "link", "value": {"url": LINK}}))
    assert sealed == bytes(row.digest)
    assert "dropbox" not in str(event.private)
    assert list(faults()) == []


def test_asked_again_it_is_the_producers_turn_for_a_week(signed: Submission) -> None:
    act(signed, "ask_for")
    act(signed, "hand_in")
    with pytest.raises(ValidationError, match="Say what should be different"):
        act(signed, "ask_again", note=" ")
    event = act(signed, "ask_again", note="24 bit, please.")
    row = only(signed)
    assert (row.state, row.due_at) == ("asked", event.recorded_at + timedelta(days=7))
    first = row.digest_hex
    act(signed, "hand_in", value={"url": f"{LINK}&v=2"})
    act(signed, "approve")
    row = only(signed)
    assert (row.state, row.due_at, row.digest_hex != first) == ("approved", None, True)
    assert is_complete(signed)
    assert list(faults()) == []


def test_waived_things_are_done(signed: Submission) -> None:
    act(signed, "ask_for", items=items_of("A", "B"))
    act(signed, "waive", item=2)
    act(signed, "hand_in", item=1)
    act(signed, "waive", item=1)
    assert is_complete(signed)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("before", "transition"),
    [
        ([], "approve"),
        ([], "ask_again"),
        (["hand_in"], "hand_in"),
        (["hand_in", "approve"], "ask_again"),
        (["hand_in", "approve"], "waive"),
        (["waive"], "hand_in"),
        (["waive"], "waive"),
    ],
)
def test_item_goes_only_its_way(signed: Submission, before: list[str], transition: str) -> None:
    act(signed, "ask_for")
    for each in before:
        act(signed, each)
    with pytest.raises(NotPossible):
        act(signed, transition, item=1)


@pytest.mark.parametrize("number", [0, 2, 99])
def test_item_that_was_not_asked_for_is_refused(signed: Submission, number: int) -> None:
    act(signed, "ask_for")
    with pytest.raises(ValidationError, match="Choose one"):
        act(signed, "hand_in", item=number)


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("link", {"url": "not a link"}, "url"),
        ("link", {"url": "https://wetransfer.com/downloads/1"}, "url"),
        ("link", {"text": "?"}, "url"),
        ("text", {"text": "  "}, "text"),
        ("text", {"text": "x" * 8001}, "text"),
        ("personal", {"legal_name": "Maya Verde", "address": ""}, "address"),
        ("personal", {"address": "1 Road"}, "legal_name"),
    ],
)
def test_wrong_value_is_told_at_its_field(
    signed: Submission, kind: str, value: dict[str, str], field: str
) -> None:
    act(signed, "ask_for", items=items_of("It", kind=kind))
    with pytest.raises(ValidationError) as refused:
        act(signed, "hand_in", value=value)
    assert set(refused.value.error_dict) == {field}


def test_personal_data_is_in_no_event(signed: Submission) -> None:
    act(signed, "ask_for", items=items_of("Contract", kind="personal"))
    act(signed, "hand_in", value={"legal_name": "Maya Grün", "address": "1 Quay Road"})
    told = str(list(Event.objects.of(signed).values()))
    assert "Grün" not in told
    assert "Quay Road" not in told


def test_redaction_empties_what_was_asked_and_handed_in(signed: Submission) -> None:
    asked = act(signed, "ask_for", items=items_of("WAV for Maya"))
    handed = act(signed, "hand_in")
    redact(handed)
    row = only(signed)
    assert (row.value, bytes(row.salt), len(bytes(row.digest))) == ({}, b"", 32)
    redact(asked)
    assert only(signed).name == ""
    act(signed, "approve")
    assert list(faults()) == []


def test_redacting_a_producer_empties_what_they_handed_in(signed: Submission) -> None:
    act(signed, "ask_for", items=items_of("Contract", kind="personal"))
    act(signed, "hand_in", value={"legal_name": "Maya Grün", "address": "1 Quay Road"})
    redact_person(signed.producer)
    assert (only(signed).value, only(signed).name) == ({}, "")
    assert list(faults()) == []


def test_late_ones_are_found_by_their_index(signed: Submission) -> None:
    act(signed, "ask_for", items=items_of("A", days=1) + items_of("B", days=30))
    with at(now() + timedelta(days=2)):
        assert [str(row) for row in Deliverable.objects.late(now())] == ["A"]
