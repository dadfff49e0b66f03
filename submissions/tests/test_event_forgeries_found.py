"""Events that no rule allows, forged by a superuser with all digests right: each is found, and nothing else is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from psycopg.sql import SQL, Identifier, Placeholder
from pytest_django import DjangoDbBlocker

from kit.clock import now
from submissions import projections
from submissions.models import Event
from submissions.tests.attacker import TABLES, Raw, insert_event
from submissions.tests.event_forgery_table import FORGERIES, LATE, RIGHT, Forgery, Scene, make_scene
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases

CONSTRAINTS = ("event_legal", "event_role", "event_has_actor", "event_format")


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """The scene in a database of this module's own, marked for nothing, in which every guard is down."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with django_db_blocker.unblock(), test_databases.clone():
        made = make_scene()
        test_databases.mark("")
        with test_databases.raw(test_databases.superuser) as raw:
            for name in CONSTRAINTS:
                raw.execute(SQL("ALTER TABLE submissions_event DROP CONSTRAINT {}").format(Identifier(name)))
            for table in TABLES:
                raw.execute(SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(Identifier(table)))
        yield made


@pytest.fixture
def raw(scene: Scene, test_databases: TestDatabases) -> Iterator[Raw]:
    """The forger's connection; all that is forged is undone after."""
    assert test_databases.superuser
    with test_databases.raw(test_databases.superuser) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in TABLES:
            connection.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")
        yield connection
        for table in reversed(TABLES):
            columns = ", ".join(f'"{name}"' for name in _columns(connection, table))
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM kept_{table}")


def _columns(raw: Raw, table: str) -> list[str]:
    query = """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
        AND NOT attisdropped AND attgenerated = ''"""
    return [name for (name,) in raw.execute(query, [table])]


def forge(raw: Raw, scene: Scene, forgery: Forgery) -> list[str]:
    """Write a forged event with all that follows from it; return what is found."""
    event = scene.forged(forgery)
    columns: dict[str, Any] = projections.from_events([*scene.events(event.submission), event])
    insert_event(raw, event, event.made)  # type: ignore[attr-defined]  # see `Scene.forged`
    pairs = SQL(", ").join(SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in columns)
    statement = SQL("UPDATE submissions_submission SET {} WHERE id = {}").format(pairs, event.submission_id)
    raw.execute(statement, columns)
    found = list(faults())
    assert {fault.reference for fault in found} <= {event.submission.reference}
    return [fault.sentence for fault in found]


@pytest.mark.parametrize("right", RIGHT, ids=lambda each: f"{each.transition} by {each.role}")
def test_right_event_has_no_fault(right: Forgery, scene: Scene, raw: Raw) -> None:
    assert forge(raw, scene, right) == []


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_found(forgery: str, scene: Scene, raw: Raw) -> None:
    found = forge(raw, scene, FORGERIES[forgery])
    assert [sentence for sentence in found if sentence.endswith(FORGERIES[forgery].sentence)]


def test_who_left_later_was_a_member_then(scene: Scene, raw: Raw) -> None:
    then = now() - timedelta(hours=2)
    early = Forgery("in_review", "shortlist", "manager", "former", wrong={"recorded_at": then})
    assert forge(raw, scene, early) == []


def test_expiry_while_the_clock_stood_still_is_found(scene: Scene, raw: Raw) -> None:
    """The guard does not add up how long; the verifier does."""
    found = forge(raw, scene, Forgery("stopped", "expire", "system", ""))
    assert found == ["event 3: expire came before its time"]


@pytest.mark.parametrize("moment", [datetime(2000, 1, 1, tzinfo=LATE.tzinfo), LATE])
def test_redaction_at_no_possible_time_is_found(moment: datetime, scene: Scene, raw: Raw) -> None:
    event = Event.objects.filter(submission=scene.submissions["scheduled"]).order_by("-sequence")[0]
    statement = (
        "UPDATE submissions_event SET note = '', private = '{}', salt = '', redacted_at = %s WHERE id = %s"
    )
    raw.execute(statement, [moment, event.pk])
    assert [fault.sentence for fault in faults()] == [
        f"event {event.sequence} was redacted at no possible time"
    ]
