"""How a label dealt with a submission, read from its history."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connections

from kit import clock
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from submissions import projections
from submissions.models import Event, Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases

EMPTIED = (
    "ALTER TABLE submissions_submission DISABLE TRIGGER submission_changes",
    """
    UPDATE submissions_submission SET opened_at = NULL, opened_by_id = NULL, answered_at = NULL,
        lapsed_at = NULL, is_in_time = NULL, reason = ''
    """,
    "ALTER TABLE submissions_submission ENABLE ALWAYS TRIGGER submission_changes",
)
"""Takes away what was added up, as if the columns were new; only the owner can."""

COLUMNS = ["opened_at", "opened_by_id", "answered_at", "lapsed_at", "is_in_time", "reason"]


def read(submission: Submission) -> projections.Response:
    return projections.read_response([*Event.objects.of(submission)])


def after(submission: Submission, days: float, transition: str, **options: Any) -> Submission:
    assert submission.submitted_at
    with clock.at(submission.submitted_at + timedelta(days=days)):
        return act(submission, transition, **options).submission


@pytest.mark.django_db
def test_a_demo_nobody_opened_has_no_course() -> None:
    assert read(make_submission()) == projections.Response()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_in_time"), [(13.9, True), (14, True), (14.01, False)])
def test_an_answer_keeps_the_promise_up_to_its_last_moment(days: float, is_in_time: bool) -> None:
    demo = make_submission()
    manager = make_member(demo.label, Role.MANAGER)
    opened = after(demo, 1, "start_review", manager=manager)
    answered = after(opened, days, "reject", manager=manager)
    found = read(answered)
    assert (found.opened_by_id, found.answer, found.reason) == (manager.pk, "reject", "genre")
    assert (found.opened_at, found.answered_at) == (opened.moved_at, answered.moved_at)
    assert (found.lapsed_at, found.is_in_time) == (None, is_in_time)


@pytest.mark.django_db
def test_an_answer_without_opening_counts_as_opened_then() -> None:
    found = read(make_submission("rejected"))
    assert found.opened_at == found.answered_at is not None


@pytest.mark.django_db
def test_silence_breaks_the_promise_and_a_later_answer_does_not_mend_it() -> None:
    demo = make_submission("expired")
    silent = read(demo)
    assert (silent.answered_at, silent.is_in_time) == (None, False)
    assert silent.lapsed_at == demo.moved_at
    manager = make_member(demo.label, Role.MANAGER)
    reopened = after(demo, 500, "reopen", manager=manager)
    assert read(after(reopened, 501, "accept", manager=manager)).is_in_time is False


@pytest.mark.django_db
def test_a_producers_silence_is_not_the_labels() -> None:
    accepted = make_submission("accepted")
    found = read(after(accepted, 100, "expire"))
    assert (found.lapsed_at, found.is_in_time, found.answer) == (None, True, "accept")


@pytest.mark.django_db
def test_an_answer_while_the_clock_stands_still_is_in_time() -> None:
    broken = after(make_submission("in_review"), 1, "link_failed")
    manager = make_member(broken.label, Role.MANAGER)
    assert read(after(broken, 300, "reject", manager=manager)).is_in_time is True


@pytest.mark.django_db
def test_the_door_projects_what_the_history_says() -> None:
    demo = make_submission("rejected")
    assert {name: getattr(demo, name) for name in COLUMNS} == {
        name: getattr(read(demo), name) for name in COLUMNS
    }
    assert list(faults([demo.reference])) == []


def test_the_migration_fills_in_what_was_sent_before(
    committed_db: str, owner_connection: psycopg.Connection[Any], test_databases: TestDatabases
) -> None:
    label = make_label()
    demos = [make_submission(state, label=label) for state in ("rejected", "accepted", "expired")]
    make_draft(label=label)
    for statement in EMPTIED:
        owner_connection.execute(statement)
    assert list(faults())
    fill = import_module("submissions.migrations.0009_fill_course").fill
    with test_databases.owner_alias(committed_db), connections["owner"].schema_editor() as editor:
        fill(apps, editor)
    assert list(faults()) == []
    assert Submission.objects.exclude(answered_at=None).count() == len(demos) - 1
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute("UPDATE submissions_submission SET answered_at = now()")
