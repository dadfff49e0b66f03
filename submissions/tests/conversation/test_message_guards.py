"""Raw SQL as the runtime role against messages: nothing is written but what the service could write."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member, make_user
from submissions.conversation import service
from submissions.errors import NotPossible
from submissions.models import Message, Submission
from submissions.permissions import Actor
from submissions.tests.attacker import REFUSED, Raw, columns_of, insert, unchanged_history
from submissions.tests.builders import make_draft, make_submission
from submissions.tests.conversation.talk import answers, asks
from submissions.verification import faults
from trackflow.testing.cast import Cast
from trackflow.testing.databases import TestDatabases

MOVE = "UPDATE submissions_submission SET asked_at = %s WHERE id = %s"


@pytest.fixture(scope="module")
def talking(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Submission]:
    """A submission with an answered and an open question, in a database of this module's own."""
    with django_db_blocker.unblock(), test_databases.clone():
        label = make_label()
        manager = make_member(label, Role.MANAGER, "manager@example.com")
        make_member(label, Role.VIEWER, "viewer@example.com")
        make_user("stranger@example.com")
        submission = make_submission("in_review", label=label, manager=manager)
        make_draft(label=label)
        asks(submission)
        answers(submission, manager)
        asks(submission, "When do you decide?")
        submission.refresh_from_db(fields=["asked_at"])
        yield submission


@pytest.fixture
def raw(talking: Submission, test_databases: TestDatabases) -> Iterator[Raw]:
    with test_databases.raw(test_databases.runtime) as connection, unchanged_history(connection):
        yield connection


def person(email: str) -> int:
    from accounts.models import User

    return User.objects.get(email=email).pk


def message_row(submission: Submission, **wrong: Any) -> dict[str, Any]:
    """Return the columns of a manager's valid answer, with these changed."""
    row = columns_of(
        Message(
            submission=submission,
            side="label",
            author_id=person("manager@example.com"),
            actor_role="manager",
            text="Soon.",
            key=uuid4(),
            written_at=now(),
        )
    )
    return row | wrong


def test_right_answer_is_taken_with_its_submission(raw: Raw, talking: Submission) -> None:
    """What the wrong ones do wrong is all that is wrong with them."""
    with raw.transaction(force_rollback=True):
        insert(raw, "submissions_message", message_row(talking))
        raw.execute(MOVE, [None, talking.pk])
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_answer_without_its_submission_is_refused(raw: Raw, talking: Submission) -> None:
    with pytest.raises(REFUSED, match="does not say the question"), raw.transaction():
        insert(raw, "submissions_message", message_row(talking))


WRONG: dict[str, dict[str, Any]] = {
    "by a viewer": {"author_id": "viewer@example.com"},
    "by a viewer who says so": {"author_id": "viewer@example.com", "actor_role": "viewer"},
    "by a stranger": {"author_id": "stranger@example.com"},
    "by the system": {"actor_role": "system"},
    "by an admin": {"actor_role": "admin"},
    "by a higher role": {"actor_role": "owner"},
    "as the producer": {"side": "producer", "actor_role": "producer"},
    "on the other side": {"side": "producer"},
    "without words": {"text": ""},
    "silent with words": {"is_silent": True},
    "redacted from the start": {"redacted_at": "2026-01-01T00:00:00Z", "text": ""},
    "of another time": {"written_at": "2026-01-01T00:00:00Z"},
    "from a time that is none": {"written_at": "9500-01-01T00:00:00Z"},
    "before the others": {"id": 0},
    "of nothing": {"submission_id": 987_654},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_message_is_refused(name: str, raw: Raw, talking: Submission) -> None:
    wrong = dict(WRONG[name])
    if isinstance(who := wrong.get("author_id"), str):
        wrong["author_id"] = person(who)
    with pytest.raises((*REFUSED, psycopg.errors.UniqueViolation)), raw.transaction():
        insert(raw, "submissions_message", message_row(talking, **wrong))
        if wrong.get("side") != "producer" and "id" not in wrong:  # else the same question waits
            raw.execute(MOVE, [None, talking.pk])


def test_message_about_a_draft_is_refused(raw: Raw, talking: Submission) -> None:
    draft = Submission.objects.get(state="draft")
    with pytest.raises(REFUSED):
        insert(raw, "submissions_message", message_row(draft))


def test_used_key_is_refused(raw: Raw, talking: Submission) -> None:
    key = Message.objects.of(talking).first().key  # type: ignore[union-attr]  # there is one
    with pytest.raises(REFUSED):
        insert(raw, "submissions_message", message_row(talking, key=key))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submissions_message SET text = 'Never.'",
        "UPDATE submissions_message SET text = '', redacted_at = now()",
        "UPDATE submissions_message SET side = 'label'",
        "DELETE FROM submissions_message",
        "TRUNCATE submissions_message CASCADE",
        "UPDATE submissions_submission SET asked_at = NULL WHERE asked_at IS NOT NULL",
        "UPDATE submissions_submission SET asked_at = now() WHERE version > 0",
        "UPDATE submissions_submission SET asked_at = now() WHERE version = 0",
        "UPDATE submissions_submission SET asked_at = NULL, version = version + 1 WHERE asked_at IS NOT NULL",
    ],
)
def test_statement_is_refused(statement: str, raw: Raw) -> None:
    with pytest.raises(REFUSED):
        raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submissions_message SET text = 'Never.'",
        "UPDATE submissions_message SET text = '', redacted_at = '2026-01-01'",
        "UPDATE submissions_message SET text = '', redacted_at = now(), key = gen_random_uuid() WHERE side = 'label'",
        "UPDATE submissions_message SET redacted_at = now()",
        "DELETE FROM submissions_message",
    ],
)
def test_owner_is_refused_too(statement: str, talking: Submission, test_databases: TestDatabases) -> None:
    """The triggers do not ask who writes."""
    with test_databases.raw(test_databases.owner) as owner:
        with pytest.raises(REFUSED):
            owner.execute(statement)
        owner.rollback()


def test_everything_verifies(talking: Submission) -> None:
    assert list(faults()) == []


def test_writer_is_told_that_clocks_do_not_agree(committed_db: str, test_databases: TestDatabases) -> None:
    cast = Cast()
    demo = cast.demo("in_review")
    test_databases.mark("")
    with at(now() - timedelta(hours=7)), pytest.raises(NotPossible, match="clocks do not agree"):
        service.write(demo, actor=Actor.member(cast.manager), text="Soon.", key=uuid4())
    assert not Message.objects.of(demo).exists()
