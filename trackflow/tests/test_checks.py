"""What `check --deploy` says of the database."""

from io import StringIO

import pytest
from django.core.management import call_command

from submissions.tests.builders import make_submission
from trackflow.checks import database_is_real
from trackflow.testing.databases import TestDatabases


@pytest.mark.parametrize("purpose", ["demo", "test", "bench", ""])
def test_mark_is_named_by_check_and_by_verify(
    purpose: str, committed_db: str, test_databases: TestDatabases
) -> None:
    make_submission("expired")
    test_databases.mark(purpose)
    said = [warning.msg for warning in database_is_real(None)]
    assert [f"marked “{purpose}”" in sentence for sentence in said] == [True] * bool(purpose)
    if purpose == "test":
        output = StringIO()
        call_command("verify_history", stdout=output)
        assert "This database is marked “test”" in output.getvalue()


def test_database_that_does_not_answer_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackflow.checks.connector_params", lambda: {"host": "127.0.0.1", "port": 1})
    assert database_is_real(None) == []


def test_database_is_marked_by_its_owner(committed_db: str, test_databases: TestDatabases) -> None:
    test_databases.mark("")
    with test_databases.owner_alias(committed_db):
        call_command("mark_database", "bench", verbosity=0)
    assert "“bench”" in database_is_real(None)[0].msg
