"""The team's log and memos stay as written, for the application and for who owns the tables."""

import uuid

import psycopg
import pytest

from desk.models import Activity, Memo
from trackflow.testing.cast import Cast


@pytest.fixture
def written(committed_db: str) -> None:
    cast = Cast()
    submission = cast.demo()
    Memo.objects.create(submission=submission, author=cast.reviewer, text="Strong.", key=uuid.uuid4())
    Activity.objects.create(
        label=cast.label, submission=submission, actor=cast.reviewer, doing="wrote", details={}
    )


@pytest.mark.parametrize("table", ["desk_memo", "desk_activity"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_the_team_wrote_stays(
    table: str,
    statement: str,
    written: None,
    owner_connection: psycopg.Connection[object],
    runtime_connection: psycopg.Connection[object],
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement.format(table))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_connection.execute(statement.format(table))
