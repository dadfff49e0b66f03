"""Attacks on what hangs on events: a submission's columns and its revisions."""

from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg import errors

from submissions.models import Submission
from submissions.tests.attacker import REFUSED, Raw, Victim, insert, move

EVENT, REVISION = "submissions_event", "submissions_revision"


# Columns that follow events

STAYS = {"state": "submitted", "version": 1, "turn": 1}
OF_AND_FOR = {
    "id",
    "reference",
    "producer_id",
    "label_id",
    "track_id",
    "created_at",
    "intake_id",
    "previous_id",
}
OTHER: dict[str, Any] = {
    **{
        name: datetime(2999, 1, 1, tzinfo=UTC)
        for name in ("created_at", "submitted_at", "moved_at", "due_at", "expires_at")
    },
    **{name: datetime(2999, 1, 1, tzinfo=UTC) for name in ("opened_at", "answered_at", "lapsed_at")},
    "is_in_time": True,
    "has_wav": True,
    "is_exclusive": True,
    "is_held": True,
    "hold_due_at": datetime(2999, 1, 1, tzinfo=UTC),
    "asked_at": datetime(2999, 1, 1, tzinfo=UTC),
    "dead_links": ["audio"],
    "release_on": "2999-01-01",
    "tempo": 123,
    "state": "accepted",
    "reference": "TF-0000-0000",
}
COLUMNS = [str(field.column) for field in Submission._meta.fields if not field.generated]


def another(column: str, raw: Raw, victim: Victim) -> Any:
    """Return a value of this column that would be possible."""
    foreign = {"producer_id": "accounts_user", "label_id": "labels_label", "track_id": "catalog_track"}
    foreign |= {"intake_id": "labels_intake", "previous_id": "submissions_submission"}
    foreign |= {"opened_by_id": "accounts_user"}
    if column in foreign:
        kept = getattr(victim.submission, column) or 0
        (found,) = raw.execute(f"SELECT max(id) FROM {foreign[column]} WHERE id <> {kept}").fetchone() or (0,)
        return found
    if column in ("id", "version", "turn"):
        return 10**6
    return OTHER.get(column, "xx")


@pytest.mark.parametrize("column", [name for name in COLUMNS if not name.startswith("team_")])
def test_column_that_changes_without_an_event(column: str, raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.RestrictViolation):
        move(raw, victim, **STAYS | {column: another(column, raw, victim)})


@pytest.mark.parametrize("column", sorted(OF_AND_FOR))
def test_column_that_never_changes(column: str, raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.RestrictViolation), raw.transaction():
        insert(raw, EVENT, victim.event_row())
        move(raw, victim, **{column: another(column, raw, victim)})


def test_teams_columns_are_free(raw: Raw, victim: Victim) -> None:
    with raw.transaction(force_rollback=True):
        statement = (
            "UPDATE submissions_submission SET team_assignee_id = producer_id, team_link = 'xx' WHERE id = %s"
        )
        assert raw.execute(statement, [victim.submission.pk]).rowcount == 1


def test_search_column_is_the_databases_own(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.GeneratedAlways):
        move(raw, victim, **STAYS | {"team_search": "xx"})


# Revisions


def test_event_without_its_revision(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.IntegrityConstraintViolation, match="made no revision"), raw.transaction():
        insert(raw, EVENT, victim.revising_row(revision=2, revision_digest="00"))
        move(raw, victim, state="submitted")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"number": 3},
        {"number": 1},
        {"digest": b"\0" * 32},
        {"salts": b""},
        {"salts": b"\0" * 16},
        {"answers": [{"question": 1, "kind": "text", "text": "Forged", "value": "Forged"}]},
        {"redacted_at": datetime(2999, 1, 1, tzinfo=UTC)},
        {"submission_id": 10**9},
    ],
    ids=lambda wrong: "+".join(wrong) or "right",
)
def test_revision_that_does_not_follow(wrong: dict[str, Any], raw: Raw, victim: Victim) -> None:
    row = victim.revision_row(0)
    payload = {"revision": 2, "revision_digest": row["digest"].hex()}
    with raw.transaction(force_rollback=True):
        event_id = insert(raw, EVENT, victim.revising_row(**payload))
        move(raw, victim, state="submitted")
        if wrong:
            with pytest.raises(errors.IntegrityConstraintViolation, match="does not follow"):
                insert(raw, REVISION, row | {"event_id": event_id} | wrong)
        else:
            insert(raw, REVISION, row | {"event_id": event_id})
            raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_revision_of_another_submission(raw: Raw, victim: Victim) -> None:
    other = Submission.objects.exclude(pk=victim.submission.pk).exclude(state="draft").get()
    row = victim.revision_row(0, submission_id=other.pk)
    with raw.transaction(force_rollback=True):
        payload = {"revision": 2, "revision_digest": row["digest"].hex()}
        event_id = insert(raw, EVENT, victim.revising_row(**payload))
        with pytest.raises(errors.IntegrityConstraintViolation, match="does not follow"):
            insert(raw, REVISION, row | {"event_id": event_id})


def test_second_revision_for_an_old_event(raw: Raw, victim: Victim) -> None:
    with pytest.raises(REFUSED):
        insert(raw, REVISION, victim.revision_row(victim.event.pk))
