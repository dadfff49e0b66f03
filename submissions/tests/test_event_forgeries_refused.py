"""Events that no rule allows, inserted as the runtime role in a database that is marked for nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from psycopg import errors
from pytest_django import DjangoDbBlocker

from kit.clock import at, now
from kit.errors import NotPossible
from submissions import projections
from submissions.models import Event
from submissions.permissions import Actor
from submissions.tests.attacker import REFUSED, Raw, insert_event, unchanged_history
from submissions.tests.builders import do, history
from submissions.tests.event_forgery_table import FORGERIES, RIGHT, Forgery, Scene, later, make_scene
from trackflow.testing.cast import Cast
from trackflow.testing.databases import TestDatabases


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """The scene in a database of this module's own, made while it was marked and real since."""
    with django_db_blocker.unblock(), test_databases.clone():
        made = make_scene()
        test_databases.mark("")
        yield made
        test_databases.mark("test")


@pytest.fixture
def raw(scene: Scene, test_databases: TestDatabases) -> Iterator[Raw]:
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection


def write(raw: Raw, event: Event) -> None:
    """Insert an event and move its submission on, as the application would."""
    insert_event(raw, event, getattr(event, "made", None))
    before = list(Event.objects.of(event.submission))
    columns = projections.from_events([*before, event])
    statement = """UPDATE submissions_submission SET state = %(state)s, version = version + 1, is_held = %(is_held)s,
        is_exclusive = %(is_exclusive)s WHERE id = %(id)s"""
    raw.execute(statement, columns | {"state": event.to_state, "id": event.submission_id})
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("right", RIGHT, ids=lambda each: f"{each.transition} by {each.role}")
def test_right_event_is_taken(right: Forgery, scene: Scene, raw: Raw) -> None:
    with raw.transaction(force_rollback=True):
        write(raw, scene.forged(right))


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_refused(forgery: str, scene: Scene, raw: Raw) -> None:
    with pytest.raises(REFUSED), raw.transaction():
        write(raw, scene.forged(FORGERIES[forgery]))


@pytest.mark.parametrize("minutes", [3, 60, -3, -60])
def test_event_of_another_time_is_refused(minutes: int, scene: Scene, raw: Raw) -> None:
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="is of another time")
    with refused, raw.transaction():
        write(raw, scene.forged(later(minutes)))


@pytest.mark.parametrize("minutes", [1, -1])
def test_clocks_may_differ_a_little(minutes: int, scene: Scene, raw: Raw) -> None:
    with raw.transaction(force_rollback=True):
        write(raw, scene.forged(later(minutes)))


@pytest.mark.parametrize(
    ("purpose", "past", "future"), [("demo", True, False), ("bench", True, False), ("test", True, True)]
)
def test_marked_database_takes_moments_of_another_time(
    purpose: str, past: bool, future: bool, scene: Scene, raw: Raw, test_databases: TestDatabases
) -> None:
    test_databases.mark(purpose)
    try:
        for minutes, is_taken in ((-60, past), (60, future)):
            with raw.transaction(force_rollback=True):
                if is_taken:
                    write(raw, scene.forged(later(minutes)))
                    continue
                with pytest.raises(errors.IntegrityConstraintViolation, match="is of another time"):
                    write(raw, scene.forged(later(minutes)))
    finally:
        test_databases.mark("")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET purpose = 'test'", "TRUNCATE {}"])
def test_runtime_cannot_mark_the_database(statement: str, raw: Raw) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute(statement.format("kit_databasemark"))
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("INSERT INTO kit_databasemark (id, purpose) VALUES (1, 'test')")


@pytest.mark.parametrize("moment", ["2000-01-01", "8999-01-01"])
def test_redaction_at_no_possible_time_is_refused(moment: str, scene: Scene, raw: Raw) -> None:
    event = Event.objects.filter(submission=scene.submissions["submitted"]).get()
    with pytest.raises(errors.RestrictViolation, match="append-only"):
        raw.execute("SELECT submissions_redact(%s, %s)", [event.pk, moment])
    with raw.transaction(force_rollback=True):
        raw.execute("SELECT submissions_redact(%s, %s)", [event.pk, now()])


def test_door_says_that_clocks_do_not_agree(committed_db: str, test_databases: TestDatabases) -> None:
    cast = Cast()
    demo = cast.demo("submitted")
    test_databases.mark("")
    with (
        at(now() + timedelta(minutes=10)),
        pytest.raises(NotPossible, match="clocks do not agree"),
    ):
        do(demo, "start_review", Actor.member(cast.manager))
    assert history(demo) == ["submit"]
