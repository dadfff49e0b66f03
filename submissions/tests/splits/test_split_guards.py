"""Raw SQL as the runtime role against sheets and shares: nothing is written but what the door could write."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from kit.clock import now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions import history
from submissions.models import Event, Share, SplitSheet, Submission
from submissions.splits import sheets
from submissions.tests.attacker import REFUSED, Raw, columns_of, insert, unchanged_history
from submissions.tests.builders import act, make_submission, shares_of
from trackflow.testing.databases import TestDatabases

MANAGER = "manager@example.com"


@pytest.fixture(scope="module")
def waiting(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Submission]:
    """A scheduled submission whose second sheet waits for two answers, in a database of this module's own."""
    with django_db_blocker.unblock(), test_databases.clone():
        label: Label = make_label()
        manager = make_member(label, Role.MANAGER, MANAGER)
        make_member(label, Role.OWNER)
        submission = make_submission("scheduled", label=label, manager=manager)
        first, *others = shares_of("60.00", "25.50", "14.50")
        yield act(submission, "set_splits", shares=[{**first, "name": submission.artist}, *others]).submission


@pytest.fixture
def raw(waiting: Submission, test_databases: TestDatabases) -> Iterator[Raw]:
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection


def event_row(submission: Submission, transition: str, role: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a next event, sealed."""
    actor = {
        "producer": submission.producer,
        "owner": submission.label.memberships.get(role=Role.OWNER).user,
        "manager": submission.label.memberships.get(role=Role.MANAGER).user,
    }.get(role)
    entry = history.Entry(transition, role, uuid4(), actor=actor, payload=payload)
    last = Event.objects.of(submission).with_people().last()
    return columns_of(history.build(submission, last, entry, moment=now()))


def current(submission: Submission, **more: Any) -> dict[str, Any]:
    sheet = sheets.current_sheet(submission)
    assert sheet
    return {"sheet": sheet.number, "sheet_digest": sheet.digest_hex, **more}


OLD = {"sheet": 1, "share": 2}
ANSWERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "to the producer's own share": ("confirm_split", "collaborator", {"share": 1}),
    "to a share that there is not": ("confirm_split", "collaborator", {"share": 4}),
    "to an old sheet": ("confirm_split", "collaborator", {"sheet": 1, "share": 2}),
    "to another digest": ("object_split", "collaborator", {"share": 2, "sheet_digest": "00" * 32}),
    "to no number": ("confirm_split", "collaborator", {"share": None}),
    "by the system": ("confirm_split", "system", {"share": 2}),
    "by the producer": ("confirm_split", "producer", {"share": 2}),
    "by a manager": ("object_split", "manager", {"share": 2}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_wrong_answer_is_refused(name: str, raw: Raw, waiting: Submission) -> None:
    transition, role, wrong = ANSWERS[name]
    row = event_row(waiting, transition, role, current(waiting) | wrong)
    with (
        pytest.raises(REFUSED),
        raw.transaction(force_rollback=True),
    ):  # at once, whatever row would come with it
        insert(raw, "submissions_event", row)


def test_right_answer_is_taken_with_its_line_alone(raw: Raw, waiting: Submission) -> None:
    """What the wrong ones do wrong is all that is wrong with them."""
    row = event_row(waiting, "confirm_split", "collaborator", current(waiting, share=2))
    line = Share.objects.get(sheet__submission=waiting, sheet__number=2, position=2)
    move = "UPDATE submissions_submission SET version = version + 1, turn = turn + 1 WHERE id = %s"
    say = "UPDATE submissions_share SET answer = 'confirmed', answered_id = %s WHERE id = %s"
    with raw.transaction(force_rollback=True):
        event = insert(raw, "submissions_event", row)
        raw.execute(move, [waiting.pk])
        raw.execute(say, [event, line.pk])
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(REFUSED, match="without its split sheet"), raw.transaction():
        insert(raw, "submissions_event", row)
        raw.execute(move, [waiting.pk])


@pytest.mark.parametrize("role", ["manager", "admin", "producer", "system"])
def test_nobody_but_the_owner_overrides(role: str, raw: Raw, waiting: Submission) -> None:
    with pytest.raises(REFUSED), raw.transaction(force_rollback=True):
        insert(raw, "submissions_event", event_row(waiting, "override_splits", role, current(waiting)))


@pytest.mark.parametrize("wrong", [{"sheet": 1}, {"sheet": None}, {"sheet_digest": "00"}])
def test_override_names_the_last_sheet(wrong: dict[str, Any], raw: Raw, waiting: Submission) -> None:
    with pytest.raises(REFUSED, match="does not fit its splits"):
        insert(
            raw, "submissions_event", event_row(waiting, "override_splits", "owner", current(waiting) | wrong)
        )


def test_release_before_the_splits_are_settled_is_refused(raw: Raw, waiting: Submission) -> None:
    with pytest.raises(REFUSED, match="does not fit its splits"):
        insert(
            raw, "submissions_event", event_row(waiting, "release", "manager", {"release": "RL-0000-0000"})
        )


def test_event_that_makes_a_sheet_comes_with_it(raw: Raw, waiting: Submission) -> None:
    sheet, payload = sheets.build(waiting, 3, shares_of("50.00", "50.00"))
    row = event_row(waiting, "set_splits", "producer", vars_of(payload))
    with pytest.raises(REFUSED, match="without its split sheet"), raw.transaction():
        insert(raw, "submissions_event", row)
        raw.execute(
            "UPDATE submissions_submission SET version = version + 1, turn = turn + 1 WHERE id = %s",
            [waiting.pk],
        )
    assert sheet.number == 3


@pytest.mark.parametrize("number", [1, 2, 4, None])
def test_event_names_the_next_sheet(number: int | None, raw: Raw, waiting: Submission) -> None:
    payload: dict[str, Any] = {"sheet": number, "sheet_digest": "00" * 32, "shares": 1, "own": []}
    with pytest.raises(REFUSED), raw.transaction(force_rollback=True):
        insert(raw, "submissions_event", event_row(waiting, "set_splits", "producer", payload))


SHEETS: dict[str, dict[str, Any]] = {
    "adds up to less": {"shares": shares_of("60.00", "30.00")},
    "adds up to more": {"shares": shares_of("60.00", "60.00")},
    "has another number": {"number": 4},
    "has another digest": {"digest": b"0" * 32},
    "has no salt": {"salt": b""},
    "is called redacted": {"redacted_at": now()},
}


@pytest.mark.parametrize("name", SHEETS)
def test_wrong_sheet_is_refused(name: str, raw: Raw, waiting: Submission) -> None:
    sheet, payload = sheets.build(waiting, 3, SHEETS[name].get("shares", shares_of("60.00", "40.00")))
    with pytest.raises(REFUSED), raw.transaction(force_rollback=True):
        event = insert(
            raw, "submissions_event", event_row(waiting, "set_splits", "producer", vars_of(payload))
        )
        insert(raw, "submissions_splitsheet", columns_of(sheet) | {"event_id": event} | SHEETS[name])


def test_second_sheet_of_an_event_is_refused(raw: Raw, waiting: Submission) -> None:
    sheet = SplitSheet.objects.get(submission=waiting, number=2)
    with pytest.raises(REFUSED):
        insert(raw, "submissions_splitsheet", columns_of(sheet) | {"number": 3})


LINES: dict[str, dict[str, Any]] = {
    "one more": {"position": 4},
    "none": {"position": 0},
    "twice the same": {"position": 2},
    "somebody else's as the producer's": {"position": 3, "is_own": True, "answer": "confirmed"},
}


@pytest.mark.parametrize("name", LINES)
def test_wrong_line_is_refused(name: str, raw: Raw, waiting: Submission) -> None:
    line = Share.objects.get(sheet__submission=waiting, sheet__number=2, position=2)
    with pytest.raises(REFUSED):
        insert(raw, "submissions_share", columns_of(line) | {"nonce": uuid4()} | LINES[name])


CHANGES = [
    "UPDATE submissions_share SET answer = 'confirmed' WHERE answer = ''",
    "UPDATE submissions_share SET answer = 'confirmed', answered_id = (SELECT max(id) FROM submissions_event)"
    " WHERE answer = ''",
    "UPDATE submissions_share SET is_own = true, answer = 'confirmed' WHERE answer = ''",
    "UPDATE submissions_share SET nonce = gen_random_uuid()",
    "UPDATE submissions_share SET position = position + 10",
    "UPDATE submissions_share SET sheet_id = (SELECT min(id) FROM submissions_splitsheet)",
    "DELETE FROM submissions_share",
    "TRUNCATE submissions_share CASCADE",
    "UPDATE submissions_splitsheet SET shares = '[]'",
    "UPDATE submissions_splitsheet SET number = number + 10",
    "DELETE FROM submissions_splitsheet",
    "TRUNCATE submissions_splitsheet CASCADE",
    "UPDATE submissions_submission SET splits = 'confirmed'",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_row_is_changed_or_removed(statement: str, raw: Raw) -> None:
    with pytest.raises(REFUSED):
        raw.execute(statement)


def vars_of(payload: Any) -> dict[str, Any]:
    return dict(vars(payload)) if hasattr(payload, "__dict__") else payload
