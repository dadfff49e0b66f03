"""Attacks with raw SQL, as the application's role and as the owner: rows change only with events, which stay."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier, Placeholder
from psycopg.types.json import Jsonb

from accounts.models import User
from kit.chain import Entry
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from releases import history
from releases.models import IssuedISRC, Release, ReleaseEvent
from releases.tests.builders import DETAILS, make_release
from submissions.tests.attacker import REFUSED, Raw
from trackflow.testing.databases import TestDatabases

TABLES = ("release", "releasetrack", "releasestep", "releaseevent", "issuedisrc")
HISTORY = ("releaseevent", "issuedisrc")
REWRITES = [
    "UPDATE {table} SET id = -id",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "INSERT INTO {table} SELECT * FROM {table}",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
]
CHANGES = {
    "release": [
        "state = 'released'",
        "state = 'delivered', version = version + 1",
        "title = 'Forged'",
        "title = ''",
        "release_on = release_on - 7",
        "catalogue_number = 'FORGED1'",
        "upc = '4006381333931'",
        "weight_done = 99",
        "reference = 'RL-1111-1111'",
        "label_id = -label_id",
        "is_freed = true",
    ],
    "releasetrack": [
        "title = 'Forged'",
        "title = ''",
        "isrc = 'QMABC2600001'",
        "comes_out = false",
        "line = 'placeholder', submission_id = NULL, comes_out = false",
        "turn = turn + 1",
        "turn = (SELECT version FROM releases_release), title = 'Forged'",
        "release_id = release_id",
    ],
    "releasestep": [
        "done_at = now(), done_by_id = (SELECT min(id) FROM accounts_user)",
        "skipped_at = now()",
        "weight = 1",
        "due_on = due_on + 7",
        "due_on = due_on + 7, turn = turn + 1",
        "name = ''",
        "waits_for = '{1}'",
        "assignee_id = (SELECT min(id) FROM accounts_user)",
        "number = number + 1",
    ],
    "releaseevent": [
        "note = ''",
        "payload = '{}'",
        "redacted_at = now()",
        "note = '', private = '{}', salt = '', redacted_at = now(), actor_id = NULL",
        "release_id = -release_id",
        "digest = sha256('a')",
    ],
    "issuedisrc": ["number = number + 1", "code = 'QMABC2600009'", "issued_at = now()"],
}


@dataclass
class Victim:
    """A scheduled release with one track and one step, and somebody who manages it."""

    release: Release
    manager: User

    def event_row(self, transition: str = "deliver", **wrong: Any) -> dict[str, Any]:
        """Return the columns of a valid next event, with these changed."""
        last = ReleaseEvent.objects.of(self.release).last()
        assert last
        payload = wrong.pop("payload", {"sheet": "00" * 32})
        entry = Entry(transition, "manager", uuid.uuid4(), actor=self.manager, payload=payload)
        built = history.build(self.release, last, entry, moment=last.recorded_at + timedelta(seconds=1))
        written = [field for field in built._meta.concrete_fields if field.column != "id"]
        return {str(field.column): getattr(built, field.attname) for field in written} | wrong


def insert(raw: Raw, table: str, row: dict[str, Any]) -> None:
    values = {name: Jsonb(value) if name in ("payload", "private") else value for name, value in row.items()}
    raw.execute(
        SQL("INSERT INTO {} ({}) VALUES ({})").format(
            Identifier(f"releases_{table}"),
            SQL(", ").join(map(Identifier, values)),
            SQL(", ").join(map(Placeholder, values)),
        ),
        values,
    )


@pytest.fixture(scope="module")
def stage(django_db_setup: None, test_databases: TestDatabases, django_db_blocker: Any) -> Iterator[Victim]:
    """A database of this module's own, with a victim in it."""
    with django_db_blocker.unblock(), test_databases.clone():
        label = make_label()
        manager = make_member(label, Role.MANAGER)
        yield Victim(make_release("scheduled", label=label, manager=manager), manager)


@pytest.fixture
def runtime(stage: Victim, test_databases: TestDatabases, django_db_blocker: Any) -> Iterator[Raw]:
    """The application's role, in a transaction that is rolled back; nothing may be left changed by it."""
    with (
        django_db_blocker.unblock(),
        test_databases.raw(test_databases.runtime) as raw,
        raw.transaction(force_rollback=True),
    ):
        yield raw


@pytest.fixture
def owner(stage: Victim, test_databases: TestDatabases, django_db_blocker: Any) -> Iterator[Raw]:
    with (
        django_db_blocker.unblock(),
        test_databases.raw(test_databases.owner) as raw,
        raw.transaction(force_rollback=True),
    ):
        yield raw


def attempt(raw: Raw, statement: str) -> None:
    """Execute a statement as a transaction would end with it."""
    raw.execute(statement)
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("role", ["runtime", "owner"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("rewrite", REWRITES)
def test_rows_are_rewritten(rewrite: str, table: str, role: str, request: pytest.FixtureRequest) -> None:
    raw: Raw = request.getfixturevalue(role)
    with pytest.raises(REFUSED):
        attempt(raw, rewrite.format(table=f"releases_{table}"))


@pytest.mark.parametrize("role", ["runtime", "owner"])
@pytest.mark.parametrize(
    ("table", "change"), [(table, change) for table, changes in CHANGES.items() for change in changes]
)
def test_columns_are_changed_without_an_event(
    table: str, change: str, role: str, request: pytest.FixtureRequest
) -> None:
    raw: Raw = request.getfixturevalue(role)
    with pytest.raises(REFUSED):
        attempt(raw, f"UPDATE releases_{table} SET {change}")


@pytest.mark.parametrize("table", TABLES)
def test_table_is_rewritten_as_a_replica_would(
    table: str, stage: Victim, test_databases: TestDatabases
) -> None:
    """A session variable turns off foreign keys and ordinary triggers, and none of ours."""
    if test_databases.superuser is None:
        pytest.skip("Only the embedded database gives us a superuser.")
    with test_databases.raw(test_databases.superuser) as raw, raw.transaction(force_rollback=True):
        raw.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(errors.RestrictViolation):
            raw.execute(f"DELETE FROM releases_{table}")


def test_right_event_is_taken_and_the_row_must_follow(runtime: Raw, stage: Victim) -> None:
    insert(runtime, "releaseevent", stage.event_row())
    with pytest.raises(errors.IntegrityConstraintViolation, match="its history says delivered at"):
        runtime.execute("SET CONSTRAINTS ALL IMMEDIATE")


WRONG_EVENTS: dict[str, tuple[dict[str, Any], str]] = {
    "number": ({"sequence": 99}, "does not follow"),
    "state": ({"from_state": "planned"}, "does not follow|release_event_legal"),
    "earlier": ({"recorded_at": "2000-01-02T00:00:00Z"}, "does not follow"),
    "chain": ({"previous_digest": b"\0" * 32}, "does not follow"),
    "salt": ({"salt": b""}, "does not follow"),
    "stranger": ({"actor_id": 10**9}, "by somebody who may not"),
    "role": ({"actor_role": "owner"}, "by somebody who may not"),
    "system": ({"actor_role": "system", "actor_id": None}, "release_event_role"),
    "reviewer": ({"actor_role": "reviewer"}, "by somebody who may not|release_event_role"),
    "more payload": ({"payload": {"sheet": "", "more": 1}}, "with another payload"),
    "no payload": ({"payload": {}}, "with another payload"),
    "list": ({"payload": []}, "with another payload"),
    "redacted": ({"redacted_at": "2999-01-01T00:00:00Z"}, "does not follow"),
    "format": ({"format": 2}, "release_event_format"),
    "word": ({"transition": "explode"}, "with another payload|release_event_legal"),
}


@pytest.mark.parametrize("name", WRONG_EVENTS)
def test_event_is_forged(name: str, runtime: Raw, stage: Victim) -> None:
    wrong, sentence = WRONG_EVENTS[name]
    row = stage.event_row() | wrong
    with pytest.raises(REFUSED, match=sentence):
        insert(runtime, "releaseevent", row)


def test_release_before_its_day(runtime: Raw, stage: Victim) -> None:
    """A delivered one; the guard asks the row, which is guarded too."""
    insert(runtime, "releaseevent", stage.event_row())
    runtime.execute(
        "UPDATE releases_release SET state = 'delivered', version = version + 1, turn = version + 1"
    )
    wrong = {"from_state": "delivered", "to_state": "released", "transition": "release", "payload": {}}
    row = stage.event_row() | wrong
    last = runtime.execute(
        "SELECT sequence, digest FROM releases_releaseevent ORDER BY sequence DESC"
    ).fetchone()
    assert last
    row |= {"sequence": last[0] + 1, "previous_digest": last[1], "key": uuid.uuid4()}
    with pytest.raises(errors.IntegrityConstraintViolation, match="before its time"):
        insert(runtime, "releaseevent", row)


def test_released_release_leaves_no_submission_behind(owner: Raw, stage: Victim) -> None:
    """The deferred trigger, where whoever owns the table took the others down."""
    owner.execute("ALTER TABLE releases_release DISABLE TRIGGER release_changes")
    owner.execute("ALTER TABLE releases_release DISABLE TRIGGER release_whole")
    owner.execute("UPDATE releases_release SET state = 'released'")
    with pytest.raises(errors.IntegrityConstraintViolation, match="did not come out with it"):
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"number": 3}, "does not follow"),
        ({"number": 1}, "does not follow"),
        ({"prefix": "QZZZZ"}, "does not follow"),
        ({"code": "QMABC2600002"}, "does not follow"),
        ({"sequence": 1}, "does not follow"),
    ],
)
def test_ledger_is_forged(columns: dict[str, Any], sentence: str, runtime: Raw, stage: Victim) -> None:
    last = runtime.execute(
        "SELECT label_id, prefix, year, number, release_id, sequence, submission_id FROM releases_issuedisrc"
    ).fetchone()
    assert last
    row = dict(
        zip(
            ("label_id", "prefix", "year", "number", "release_id", "sequence", "submission_id"),
            last,
            strict=True,
        )
    )
    row |= {"number": 2, "issued_at": "2999-01-01T00:00:00Z"} | columns
    row.setdefault("code", f"{row['prefix']}{row['year']:02}{row['number']:05}")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=sentence):
        insert(runtime, "issuedisrc", row)


@pytest.mark.parametrize(("number", "is_next"), [(2, True), (3, False), (1, False)])
def test_ledger_skips_a_number_that_an_event_issued(
    number: int, is_next: bool, runtime: Raw, stage: Victim
) -> None:
    prefix, year = IssuedISRC.objects.values_list("prefix", "year").get()
    code = f"{prefix}{year:02}{number:05}"
    payload = {"catalogue_number": "", "upc": "", "isrcs": {}, "issued": [code]}
    event = stage.event_row("assign_codes", payload=payload)
    insert(runtime, "releaseevent", event)
    kept = IssuedISRC.objects.values("label_id", "prefix", "year", "release_id", "submission_id").get()
    row = kept | {
        "number": number,
        "code": code,
        "sequence": event["sequence"],
        "issued_at": event["recorded_at"],
    }
    if is_next:
        insert(runtime, "issuedisrc", row)
        return
    with pytest.raises(REFUSED, match="does not follow in the ledger"):
        insert(runtime, "issuedisrc", row)


def test_release_is_born_with_something(runtime: Raw, stage: Victim) -> None:
    statement = (
        "INSERT INTO releases_release (reference, label_id, created_at, state, version, turn, kind, title, edition, "
        "artist, p_line, c_line, artwork_url, genre, words_from, catalogue_number, upc, territories, excluded, "
        "is_freed, is_explicit, track_count, weight, weight_done, open_steps, next_area) "
        "SELECT 'RL-2222-2222', label_id, created_at, {state}, 0, 0, '', {title}, '', '', '', '', '', '', 0, '', '', "
        "'{{}}', '{{}}', false, false, 0, 0, 0, 0, '' FROM releases_release"
    )
    with pytest.raises(errors.RestrictViolation, match="must begin empty"), runtime.transaction():
        runtime.execute(statement.format(state="'planned'", title="''"))
    with pytest.raises(errors.RestrictViolation, match="must begin empty"), runtime.transaction():
        runtime.execute(statement.format(state="'new'", title="'Forged'"))
    runtime.execute(statement.format(state="'new'", title="''"))
    with pytest.raises(errors.IntegrityConstraintViolation, match="RL-2222-2222 says new"):
        runtime.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_redaction_empties_one_events_words_and_its_rows_alone(runtime: Raw, stage: Victim) -> None:
    (plan,) = runtime.execute("SELECT id FROM releases_releaseevent WHERE sequence = 1").fetchall()
    before = runtime.execute("SELECT to_jsonb(r) FROM releases_release AS r").fetchone()
    runtime.execute("SELECT releases_redact(%s, '2999-01-01')", plan)
    runtime.execute("SET CONSTRAINTS ALL IMMEDIATE")
    after = runtime.execute("SELECT to_jsonb(r) FROM releases_release AS r").fetchone()
    assert before
    assert after
    changed = {name for name in before[0] if before[0][name] != after[0][name]}
    assert changed == set(DETAILS) - {"kind"}
    with pytest.raises(errors.RestrictViolation, match="changes only with an event"):
        runtime.execute("UPDATE releases_release SET title = 'Forged'")
