"""Raw SQL as the runtime role against deliverables, and forgeries by a superuser, each of which is found."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from kit import canonical
from kit.clock import now
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from submissions import history
from submissions.models import Deliverable, Event, Submission
from submissions.tests.attacker import REFUSED, TABLES, Raw, columns_of, insert, unchanged_history
from submissions.tests.builders import act, items_of, make_submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases


def make_asked() -> Submission:
    """Return a signed submission of which one thing is asked, one handed in and one approved."""
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    submission = make_submission("signed", label=label, manager=manager)
    act(submission, "ask_for", items=items_of("A", "B", "C"))
    for number in (2, 3):
        act(submission, "hand_in", item=number)
    return act(submission, "approve", item=3).submission


@pytest.fixture(scope="module")
def asked(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Submission]:
    with django_db_blocker.unblock(), test_databases.clone():
        yield make_asked()


@pytest.fixture
def raw(asked: Submission, test_databases: TestDatabases) -> Iterator[Raw]:
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection


def event_row(submission: Submission, transition: str, role: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a next event, sealed."""
    manager = submission.label.memberships.get(role=Role.MANAGER).user
    actor = {"producer": submission.producer, "manager": manager}.get(role)
    entry = history.Entry(transition, role, uuid4(), actor=actor, payload=payload)
    last = Event.objects.of(submission).with_people().last()
    return columns_of(history.build(submission, last, entry, moment=now()))


def item(number: Any = 4, **more: Any) -> dict[str, Any]:
    return {"number": number, "kind": "link", "due": canonical.moment(now() + timedelta(days=9)), **more}


MOVE = "UPDATE submissions_submission SET version = version + 1, turn = turn + 1 WHERE id = %s"
EVENTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "asked for by the producer": ("ask_for", "producer", {"items": [item()]}),
    "asked for by the system": ("ask_for", "system", {"items": [item()]}),
    "a number that is taken": ("ask_for", "manager", {"items": [item(3)]}),
    "a number left out": ("ask_for", "manager", {"items": [item(5)]}),
    "no items": ("ask_for", "manager", {"items": []}),
    "items that are no list": ("ask_for", "manager", {"items": {"number": 4}}),
    "an item with a name": ("ask_for", "manager", {"items": [item(name="Maya")]}),
    "an item without a kind": ("ask_for", "manager", {"items": [item(kind=None)]}),
    "handed in by a manager": ("hand_in", "manager", {"item": 1, "digest": "ab"}),
    "handed in twice": ("hand_in", "producer", {"item": 2, "digest": "ab"}),
    "handed in unasked": ("hand_in", "producer", {"item": 4, "digest": "ab"}),
    "approved by the producer": ("approve", "producer", {"item": 2}),
    "approved before it is here": ("approve", "manager", {"item": 1}),
    "approved twice": ("approve", "manager", {"item": 3}),
    "asked again before it is here": ("ask_again", "manager", {"item": 1}),
    "waived once approved": ("waive", "manager", {"item": 3}),
}


@pytest.mark.parametrize("name", EVENTS)
def test_wrong_event_is_refused(name: str, raw: Raw, asked: Submission) -> None:
    """At once, whatever row would come with it."""
    with pytest.raises(REFUSED), raw.transaction(force_rollback=True):
        insert(raw, "submissions_event", event_row(asked, *EVENTS[name]))


@pytest.mark.parametrize(
    ("transition", "role", "payload"),
    [
        ("ask_for", "manager", {"items": [item()]}),
        ("hand_in", "producer", {"item": 1, "digest": "ab"}),
        ("approve", "manager", {"item": 2}),
    ],
)
def test_event_comes_with_its_row(
    transition: str, role: str, payload: dict[str, Any], raw: Raw, asked: Submission
) -> None:
    with pytest.raises(REFUSED, match="comes without"), raw.transaction():
        insert(raw, "submissions_event", event_row(asked, transition, role, payload))
        raw.execute(MOVE, [asked.pk])


def test_right_event_is_taken_with_its_row(raw: Raw, asked: Submission) -> None:
    with raw.transaction(force_rollback=True):
        event = insert(raw, "submissions_event", event_row(asked, "approve", "manager", {"item": 2}))
        raw.execute(MOVE, [asked.pk])
        raw.execute(
            "UPDATE submissions_deliverable SET state = 'approved', due_at = NULL, event_id = %s WHERE number = 2",
            [event],
        )
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


HANDED_IN = {
    "with another digest": "state = 'handed_in', due_at = {due}, salt = sha256('a'), digest = sha256('b')",
    "as another state": "state = 'approved', due_at = NULL, digest = decode('ab', 'hex')",
    "for longer": "state = 'handed_in', due_at = now() + interval '30 days', digest = decode('ab', 'hex')",
    "without a salt": "state = 'handed_in', due_at = {due}, digest = decode('ab', 'hex')",
    "as another kind": "state = 'handed_in', due_at = {due}, digest = decode('ab', 'hex'), kind = 'text'",
    "under another name": "state = 'handed_in', due_at = {due}, digest = decode('ab', 'hex'), name = 'D'",
}


@pytest.mark.parametrize("name", HANDED_IN)
def test_row_says_what_its_event_says(name: str, raw: Raw, asked: Submission) -> None:
    row = event_row(asked, "hand_in", "producer", {"item": 1, "digest": "ab"})
    due = f"'{row['recorded_at'].isoformat()}'::timestamptz + interval '7 days'"
    with pytest.raises(REFUSED, match="changes only with an event"), raw.transaction():
        event = insert(raw, "submissions_event", row)
        changes = HANDED_IN[name].format(due=due)
        raw.execute(f"UPDATE submissions_deliverable SET {changes}, event_id = {event} WHERE number = 1")


CHANGES = [
    "UPDATE submissions_deliverable SET state = 'approved', due_at = NULL",
    "UPDATE submissions_deliverable SET state = 'approved', due_at = NULL, event_id = asked_id WHERE number = 2",
    "UPDATE submissions_deliverable SET due_at = due_at + interval '1 day' WHERE number = 1",
    'UPDATE submissions_deliverable SET value = \'{"url": "https://example.com"}\'',
    "UPDATE submissions_deliverable SET value = '{}', salt = ''",
    "UPDATE submissions_deliverable SET name = ''",
    "UPDATE submissions_deliverable SET name = 'Another'",
    "UPDATE submissions_deliverable SET number = number + 10",
    "DELETE FROM submissions_deliverable",
    "TRUNCATE submissions_deliverable CASCADE",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_row_is_changed_or_removed(statement: str, raw: Raw) -> None:
    with pytest.raises(REFUSED):
        raw.execute(statement)


BIRTHS: dict[str, dict[str, Any]] = {
    "one more": {"number": 4},
    "handed in already": {"number": 4, "state": "handed_in"},
    "of another kind": {"number": 4, "kind": "text"},
}


@pytest.mark.parametrize("name", BIRTHS)
def test_row_nobody_asked_for_is_refused(name: str, raw: Raw, asked: Submission) -> None:
    first = Deliverable.objects.get(submission=asked, number=1)
    with pytest.raises(REFUSED):
        insert(raw, "submissions_deliverable", columns_of(first) | BIRTHS[name])


# Forgeries


@pytest.fixture(scope="module")
def superuser(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Raw]:
    """A forger's connection to a database of its own, in which every guard is down."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with django_db_blocker.unblock(), test_databases.clone():
        make_asked()
        with test_databases.raw(test_databases.superuser) as raw:
            raw.execute("SET session_replication_role = replica")
            raw.execute("ALTER TABLE submissions_submission ALTER team_search DROP EXPRESSION")
            for table in TABLES:
                raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
                raw.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
            yield raw


@pytest.fixture
def forger(superuser: Raw) -> Iterator[Raw]:
    """The same; all that is forged is undone after."""
    yield superuser
    for table in TABLES:
        superuser.execute(f"DELETE FROM {table}")
        superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


ROW = "UPDATE submissions_deliverable SET {} WHERE number = 2"
FORGERIES = {
    "state": (
        ROW.format("state = 'approved', due_at = NULL"),
        "deliverable 2 says something else than its events",
    ),
    "due": (ROW.format("due_at = due_at + interval '1 hour'"), "deliverable 2 says something else"),
    "kind": (ROW.format("kind = 'text'"), "deliverable 2 says something else"),
    "value": (
        ROW.format('value = \'{"url": "https://example.com"}\''),
        "deliverable 2 does not match the digest of what was handed in",
    ),
    "value emptied": (
        ROW.format("value = '{}', salt = ''"),
        "does not match the digest of what was handed in",
    ),
    "digest": (ROW.format("digest = sha256('a')"), "deliverable 2 says something else"),
    "dropped": (
        "DELETE FROM submissions_deliverable WHERE number = 2",
        "its deliverables are not those that were asked for",
    ),
    "approved before it was handed in": (
        "UPDATE submissions_event SET transition = 'approve', actor_role = 'manager' WHERE transition = 'hand_in'",
        "does not fit what was asked for",
    ),
    "event about nothing": (
        "UPDATE submissions_event SET transition = 'waive' WHERE transition = 'approve'",
        "does not match its digest",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_found(forgery: str, forger: Raw) -> None:
    statement, sentence = FORGERIES[forgery]
    assert list(faults()) == []
    assert forger.execute(statement).rowcount, "nothing was forged"
    assert sentence in "\n".join(fault.sentence for fault in faults())
