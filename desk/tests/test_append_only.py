"""Memos stay as written, for the application and for who owns the table."""

import uuid

import psycopg
import pytest

from desk.models import Memo
from trackflow.testing.cast import Cast


@pytest.fixture
def written(committed_db: str) -> None:
    cast = Cast()
    submission = cast.demo()
    Memo.objects.create(submission=submission, author=cast.reviewer, text="Strong.", key=uuid.uuid4())


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_memo_stays(
    statement: str,
    written: None,
    owner_connection: psycopg.Connection[object],
    runtime_connection: psycopg.Connection[object],
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(statement.format("desk_memo"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_connection.execute(statement.format("desk_memo"))
