"""Attacks on what has been written: events and revisions stay, but for redaction."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from submissions.tests.attacker import REFUSED, Raw, Victim, unchanged_history
from trackflow.testing.databases import TestDatabases

# for each of "submissions_event" and "submissions_revision"
REWRITES = [
    "UPDATE {table} SET {salt} = {salt}",
    "UPDATE {table} SET redacted_at = now()",
    "UPDATE {table} SET submission_id = submission_id + 1",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
    "WITH new AS (UPDATE {table} SET id = -id RETURNING *) SELECT count(*) FROM new",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET {salt} = ''",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET {salt} = ''",
    "INSERT INTO {table} SELECT * FROM {table}",
]
SALT = {"submissions_event": "salt", "submissions_revision": "salts"}
ROLES = ("runtime", "owner", "superuser")
REMOVALS = [
    "DELETE FROM submissions_submission WHERE version > 0",
    "DELETE FROM accounts_user WHERE id IN (SELECT producer_id FROM submissions_submission)",
    "DELETE FROM accounts_user WHERE id IN (SELECT actor_id FROM submissions_event)",
    "DELETE FROM catalog_track WHERE id IN (SELECT track_id FROM submissions_submission)",
    "DELETE FROM labels_label",
    "DELETE FROM labels_intake WHERE id IN (SELECT intake_id FROM submissions_submission)",
    "UPDATE accounts_user SET id = -id",
    "UPDATE accounts_user SET secret = gen_random_uuid()",
    "UPDATE labels_label SET id = -id",
    "TRUNCATE accounts_user CASCADE",
    "TRUNCATE labels_label CASCADE",
    "TRUNCATE submissions_submission CASCADE",
]


def connect(databases: TestDatabases, role: str) -> Raw:
    url = getattr(databases, role)
    if url is None:
        pytest.skip("Only the embedded database gives us a superuser.")
    return databases.raw(url)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", ["submissions_event", "submissions_revision"])
@pytest.mark.parametrize("rewrite", REWRITES)
def test_history_is_rewritten(
    rewrite: str, table: str, role: str, victim: Victim, test_databases: TestDatabases
) -> None:
    """Not even its owner, nor a superuser, past guards that stand."""
    with connect(test_databases, role) as raw, unchanged_history(raw), pytest.raises(REFUSED):
        raw.execute(rewrite.format(table=table, salt=SALT[table]))


@pytest.mark.parametrize("table", ["submissions_event", "submissions_revision", "submissions_submission"])
@pytest.mark.parametrize(
    "rewrite", ["DELETE FROM {table}", "TRUNCATE {table} CASCADE", "UPDATE {table} SET id = -id"]
)
def test_history_is_rewritten_as_a_replica_would(
    rewrite: str, table: str, victim: Victim, test_databases: TestDatabases
) -> None:
    """A session variable turns off foreign keys and ordinary triggers, and none of ours."""
    with connect(test_databases, "superuser") as raw, unchanged_history(raw):
        raw.execute("SET session_replication_role = replica")
        with pytest.raises(errors.RestrictViolation):
            raw.execute(rewrite.format(table=table))


@pytest.mark.parametrize("table", ["submissions_event", "submissions_revision", "submissions_submission"])
def test_table_that_is_emptied_refuses_itself(
    table: str, victim: Victim, test_databases: TestDatabases
) -> None:
    """And not only because a table that hangs on it does."""
    refused = pytest.raises(errors.RestrictViolation, match=f"TRUNCATE of {table} is refused")
    with connect(test_databases, "owner") as owner, unchanged_history(owner), refused:
        owner.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("removal", REMOVALS)
def test_history_is_removed_from_elsewhere(removal: str, raw: Raw) -> None:
    with pytest.raises(REFUSED):
        raw.execute(removal)


@pytest.mark.parametrize("removal", ["DELETE FROM {table}", "UPDATE {table} SET {salt} = ''"])
@pytest.mark.parametrize("table", ["submissions_event", "submissions_revision"])
def test_history_is_rewritten_bit_by_bit(removal: str, table: str, raw: Raw) -> None:
    """Within a block that swallows errors, as an attacker's script would."""
    raw.execute(
        f"DO $$ BEGIN {removal.format(table=table, salt=SALT[table])}; EXCEPTION WHEN OTHERS THEN NULL; END $$"
    )


def test_draft_that_got_its_event_is_deleted(raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.RestrictViolation, match="has a history and stays"):
        raw.execute("DELETE FROM submissions_submission WHERE id = %s", [victim.submission.pk])


def test_rows_are_copied_in(raw: Raw, victim: Victim) -> None:
    columns = (
        "submission_id, sequence, transition, from_state, to_state, actor_role, recorded_at, key, payload, "
    )
    columns += "private, note, salt, content_digest, previous_digest, digest, format"
    line = f"{victim.submission.pk}\t9\tshortlist\tin_review\tshortlisted\tsystem\t2999-01-01\t"
    line += "6f1c1a52-0d7e-4a63-9a55-2f0b6f6f9f01\t{}\t{}\t\t\\\\x00\t\\\\x00\t\\\\x00\t\\\\x00\t1\n"
    statement = f"COPY submissions_event ({columns}) FROM STDIN"
    refused = pytest.raises(errors.IntegrityConstraintViolation, match="does not follow")
    with refused, raw.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(line)


# Redaction: the one exception


def redact(raw: Raw, event_id: int, moment: str | None = "2999-01-01") -> None:
    raw.execute("SELECT submissions_redact(%s, %s)", [event_id, moment])


def rows(raw: Raw, table: str) -> dict[int, dict[str, Any]]:
    return dict(raw.execute(f"SELECT id, to_jsonb(t) FROM {table} AS t").fetchall())


def test_redaction_empties_these_columns_and_no_others(raw: Raw, victim: Victim) -> None:
    tables = ("submissions_event", "submissions_revision", "submissions_submission")
    with raw.transaction(force_rollback=True):
        raw.execute("UPDATE submissions_submission SET team_link = 'aa', team_name = 'bb'")
        before = {table: rows(raw, table) for table in tables}
        redact(raw, victim.event.pk)
        after = {table: rows(raw, table) for table in tables}
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
    event, revision, submission = (changed(before[table], after[table]) for table in tables)
    gone = "2999-01-01T00:00:00+00:00"
    assert event == {"note": "", "salt": "\\x", "redacted_at": gone}
    assert revision == {"copy": {}, "salts": "\\x", "redacted_at": gone}
    words = ["title", "mix", "artist", "genre", "key", "country", "ai", "exclusivity", "team_link"]
    words.append("team_name")
    lexemes = f"'{victim.submission.reference.replace('-', '').lower()}' 'ĺ{victim.submission.label_id}'"
    assert submission == dict.fromkeys(words, "") | {"tempo": None, "has_wav": None, "team_search": lexemes}


def changed(before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return the changed columns of the only row that changed."""
    assert before.keys() == after.keys()
    (row,) = [key for key in before if before[key] != after[key]]
    return {name: value for name, value in after[row].items() if before[row][name] != value}


def test_redaction_happens_once(raw: Raw, victim: Victim) -> None:
    with raw.transaction(force_rollback=True):
        redact(raw, victim.event.pk)
        before = rows(raw, "submissions_event"), rows(raw, "submissions_revision")
        redact(raw, victim.event.pk, "2999-12-31")
        assert (rows(raw, "submissions_event"), rows(raw, "submissions_revision")) == before


BY_HAND = {
    "submissions_event": "UPDATE {table} SET note = '', private = '{{}}', salt = '', redacted_at = '{moment}'",
    "submissions_revision": "UPDATE {table} SET copy = '{{}}', answers = '[]', salts = '', redacted_at = '{moment}'",
}


@pytest.mark.parametrize("column", ["id = -id", "digest = sha256('a')", "submission_id = -submission_id"])
@pytest.mark.parametrize("table", BY_HAND)
def test_redaction_by_hand_changes_nothing_else(
    table: str, column: str, victim: Victim, test_databases: TestDatabases
) -> None:
    """Who owns the table may redact by hand, and do no more than the function does."""
    statement = BY_HAND[table].format(table=table, moment="2999-01-01")
    with connect(test_databases, "owner") as owner, unchanged_history(owner):
        with pytest.raises(errors.RestrictViolation, match="append-only"):
            owner.execute(f"{statement}, {column}")
        with owner.transaction(force_rollback=True):
            owner.execute(statement)


@pytest.mark.parametrize("table", BY_HAND)
def test_redacted_row_is_not_redacted_again(
    table: str, victim: Victim, test_databases: TestDatabases
) -> None:
    with connect(test_databases, "owner") as owner, owner.transaction(force_rollback=True):
        owner.execute(BY_HAND[table].format(table=table, moment="2999-01-01"))
        with pytest.raises(errors.RestrictViolation, match="append-only"):
            owner.execute(BY_HAND[table].format(table=table, moment="2999-12-31"))


def test_redaction_of_nothing_does_nothing(raw: Raw) -> None:
    redact(raw, 10**9)
    raw.execute("SELECT submissions_redact(NULL, now())")


@pytest.mark.parametrize("moment", [None, "infinity", "-infinity", "9999-12-31"])
def test_redaction_at_no_time(moment: str | None, raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.RestrictViolation):
        redact(raw, victim.event.pk, moment)


@pytest.mark.parametrize("column", ["title", "artist"])
def test_redacted_column_is_filled_again(column: str, raw: Raw, victim: Victim) -> None:
    with raw.transaction(force_rollback=True):
        redact(raw, victim.event.pk)
        with pytest.raises(psycopg.errors.RestrictViolation, match="changes only with an event"):
            raw.execute(f"UPDATE submissions_submission SET {column} = 'Forged' WHERE version > 0")


def test_redaction_of_one_revision_leaves_others_columns(raw: Raw, victim: Victim) -> None:
    with raw.transaction(force_rollback=True):
        redact(raw, victim.event.pk)
        titles = raw.execute(
            "SELECT title FROM submissions_submission WHERE version > 0 ORDER BY id"
        ).fetchall()
    assert [bool(title) for (title,) in titles] == [False, True]
