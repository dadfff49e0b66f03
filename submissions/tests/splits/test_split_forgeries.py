"""Forgeries of sheets and answers by a superuser who takes the guards down: each is found."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from submissions.tests.attacker import TABLES, Raw
from submissions.tests.builders import act, make_submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases


@pytest.fixture(scope="module")
def superuser(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Raw]:
    """A forger's connection to a database of this module's own, in which every guard is down."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with django_db_blocker.unblock(), test_databases.clone():
        submission = make_submission("scheduled")
        act(submission, "set_splits")
        act(submission, "confirm_split")
        act(submission, "object_split")
        with test_databases.raw(test_databases.superuser) as raw:
            raw.execute("SET session_replication_role = replica")
            for table in TABLES:
                raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
                raw.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
            raw.execute("ALTER TABLE submissions_submission ALTER team_search DROP EXPRESSION")
            yield raw


@pytest.fixture
def forger(superuser: Raw) -> Iterator[Raw]:
    """The same; all that is forged is undone after."""
    yield superuser
    for table in TABLES:
        superuser.execute(f"DELETE FROM {table}")
        superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


SHEET = "UPDATE submissions_splitsheet SET {} WHERE number = 2"
LINE = "UPDATE submissions_share SET {} WHERE sheet_id = (SELECT max(id) FROM submissions_splitsheet) AND position = {}"
FORGERIES = {
    "percentages": (
        SHEET.format("shares = jsonb_set(shares, '{0,percentage}', '\"99.00\"')"),
        "split sheet 2 does not match its digest",
    ),
    "salt": (SHEET.format("salt = sha256('a')"), "split sheet 2 does not match its digest"),
    "digest": (SHEET.format("digest = sha256('a')"), "split sheet 2 is not the one its event names"),
    "number": (SHEET.format("number = 3"), "split sheet 3 is not the one its event makes"),
    "redacted alone": (
        SHEET.format("shares = '[]', salt = '', redacted_at = now()"),
        "split sheet 2 and its event were not redacted together",
    ),
    "called redacted": (
        SHEET.format("redacted_at = now()"),
        "split sheet 2 is called redacted and is not empty",
    ),
    "sheet dropped": ("DELETE FROM submissions_splitsheet WHERE number = 2", "its split sheet is missing"),
    "line dropped": (
        "DELETE FROM submissions_share WHERE position = 3",
        "split sheet 2 has other lines than its event says",
    ),
    "line of the producer's": (
        LINE.format("is_own = true, answered_id = NULL, answer = 'confirmed'", 3),
        "has other lines",
    ),
    "answer": (
        LINE.format("answer = 'confirmed'", 2),
        "line 2 of split sheet 2 says another answer than its event",
    ),
    "answer of nobody": (
        LINE.format("answer = '', answered_id = NULL", 2),
        "no line of a sheet keeps its answer",
    ),
    "answer of another event": (
        LINE.format("answered_id = (SELECT min(id) FROM submissions_event)", 2),
        "line 2 of split sheet 2 says another answer than its event",
    ),
    "projection": ("UPDATE submissions_submission SET splits = 'confirmed'", "splits says 'confirmed'"),
    "out before they were settled": (
        "UPDATE submissions_event SET transition = 'release', to_state = 'released', actor_role = 'system'"
        " WHERE transition = 'object_split'",
        "came out before its splits were settled",
    ),
    "settled by deleting the objection": (
        "DELETE FROM submissions_event WHERE transition = 'object_split'",
        "version says",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_found(forgery: str, forger: Raw) -> None:
    statement, sentence = FORGERIES[forgery]
    assert list(faults()) == []
    assert forger.execute(statement).rowcount, "nothing was forged"
    assert sentence in "\n".join(fault.sentence for fault in faults())
