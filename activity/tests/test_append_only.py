"""The log stays as written, for the application and for who owns the table."""

import psycopg
import pytest

from activity import log
from activity.models import Activity
from submissions.tests.builders import make_submission


@pytest.fixture
def written(committed_db: str) -> None:
    demo = make_submission()
    log.write(Activity.Kind.TAGGED, label=demo.label, submission=demo, tag="Summer")


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_logged_stays(
    statement: str,
    written: None,
    owner_connection: psycopg.Connection[object],
    runtime_connection: psycopg.Connection[object],
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement.format("activity_activity"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_connection.execute(statement.format("activity_activity"))
