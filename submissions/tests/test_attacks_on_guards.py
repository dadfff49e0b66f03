"""Attacks on the guards themselves: their names, their triggers, the session they run in."""

import pytest
from psycopg import errors

from submissions.tests.attacker import REFUSED, Raw, Victim, insert, move, unchanged_history
from trackflow.testing.databases import TestDatabases

GUARDS = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname ~ '^(kit|labels|submissions|notifications)_'"""
FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE starts_with(proname, 'submissions_') ORDER BY 1"
)

TAKEN_DOWN = [
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "ALTER ROLE runtime SET session_replication_role = replica",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "ALTER DATABASE {database} SET session_replication_role = replica",
    "ALTER SYSTEM SET session_replication_role = replica",
    "SET ROLE owner",
    "SET SESSION AUTHORIZATION owner",
    "SET SESSION AUTHORIZATION postgres",
    "GRANT owner TO runtime",
    "ALTER TABLE submissions_event DISABLE TRIGGER ALL",
    "ALTER TABLE submissions_event DISABLE TRIGGER event_stays",
    "ALTER TABLE submissions_event ENABLE REPLICA TRIGGER event_stays",
    "DROP TRIGGER event_stays ON submissions_event",
    "ALTER TRIGGER event_stays ON submissions_event RENAME TO sleeps",
    "ALTER TABLE submissions_event DROP CONSTRAINT event_legal",
    "ALTER TABLE submissions_event RENAME TO old",
    "ALTER TABLE submissions_event SET SCHEMA pg_temp",
    "ALTER TABLE submissions_event OWNER TO runtime",
    "DROP TABLE submissions_event CASCADE",
    "DROP FUNCTION submissions_refuse() CASCADE",
    "ALTER FUNCTION submissions_refuse() OWNER TO runtime",
    "ALTER FUNCTION submissions_event_follows() SET search_path = pg_temp",
    "CREATE OR REPLACE FUNCTION submissions_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE FUNCTION public.coalesce(a text) RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "CREATE TRIGGER a BEFORE INSERT ON submissions_event FOR EACH ROW EXECUTE FUNCTION submissions_refuse()",
    "CREATE RULE quiet AS ON INSERT TO submissions_event DO INSTEAD NOTHING",
    "CREATE POLICY mine ON submissions_event USING (true)",
    "CREATE TEMPORARY TABLE submissions_event (LIKE public.submissions_event)",
    "CREATE VIEW mine AS SELECT * FROM submissions_event",
    "CREATE TABLE child () INHERITS (submissions_event)",
    "CREATE SCHEMA mine",
    "ALTER SCHEMA public OWNER TO runtime",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "DELETE FROM pg_trigger",
    "COPY submissions_event TO PROGRAM 'cat'",
]  # fmt: skip


@pytest.mark.parametrize("statement", TAKEN_DOWN)
def test_guard_is_taken_down(statement: str, raw: Raw, victim: Victim) -> None:
    statement = statement.replace("{database}", f'"{raw.info.dbname}"')
    guards = raw.execute(GUARDS).fetchall()
    with pytest.raises((errors.InsufficientPrivilege, errors.WrongObjectType)):
        raw.execute(statement)
    assert raw.execute(GUARDS).fetchall() == guards


def test_more_rights_are_granted(raw: Raw) -> None:
    raw.execute(
        "GRANT UPDATE, DELETE, TRUNCATE ON submissions_event TO runtime"
    )  # a warning, and nothing more
    query = "SELECT has_table_privilege('submissions_event', 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
    assert raw.execute(query).fetchone() == (False,)


def test_every_guard_fires_always(raw: Raw) -> None:
    """Or a session variable could turn it off."""
    enabled = raw.execute(GUARDS.replace("tgname", "tgname, tgenabled")).fetchall()
    assert len(enabled) >= 15
    assert {how for _, _, how in enabled} == {"A"}


def test_every_function_names_its_schemas_with_the_temporary_one_last(raw: Raw) -> None:
    query = "SELECT proconfig FROM pg_proc WHERE proname ~ '^(kit|labels|submissions|notifications)_'"
    paths = [config for (config,) in raw.execute(query)]
    assert len(paths) >= 12
    assert {tuple(path) for path in paths} == {("search_path=pg_catalog, public, pg_temp",)}


def test_functions_are_called_by_hand(raw: Raw) -> None:
    names = [name for (name,) in raw.execute(FUNCTIONS)]
    triggers = [name for name in names if name.endswith("()")]
    assert len(triggers) >= 10
    for name in triggers:
        with pytest.raises(errors.FeatureNotSupported, match="only be called as triggers"):
            raw.execute(f"SELECT {name}")
    raw.execute("SELECT submissions_assert_whole(id) FROM submissions_submission")


# Names that stand in for the real ones


@pytest.fixture
def shadows(raw: Raw, victim: Victim, test_databases: TestDatabases) -> Raw:
    """The attacker's connection where temporary tables were allowed, full of shadows that agree to anything."""
    with test_databases.raw(test_databases.owner) as owner:
        owner.execute(f'GRANT TEMPORARY ON DATABASE "{raw.info.dbname}" TO runtime')
    for table in ("submissions_submission", "submissions_event", "submissions_revision"):
        raw.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM public.{table}")
    raw.execute("UPDATE submissions_submission SET state = 'accepted', version = 2")
    raw.execute("UPDATE submissions_event SET sequence = 2, to_state = 'accepted'")
    raw.execute("SET search_path = pg_temp, public")
    return raw


def test_shadow_history_agrees_to_a_forged_state(shadows: Raw, victim: Victim) -> None:
    statement = "UPDATE public.submissions_submission SET state = 'accepted', version = 2 WHERE id = %s"
    with pytest.raises(errors.IntegrityConstraintViolation, match="its history says submitted at 1"):
        shadows.execute(statement, [victim.submission.pk])


def test_shadow_event_is_followed(shadows: Raw, victim: Victim) -> None:
    row = victim.event_row(sequence=3, transition="sign", from_state="accepted", to_state="signed")
    shadows.execute("SET search_path = public, pg_temp")
    with pytest.raises(errors.IntegrityConstraintViolation, match="does not follow"):
        insert(shadows, "submissions_event", row)


def test_shadow_of_a_draft_is_deleted(shadows: Raw, victim: Victim) -> None:
    shadows.execute("DELETE FROM pg_temp.submissions_event")
    with pytest.raises(REFUSED):
        shadows.execute("DELETE FROM public.submissions_submission WHERE version > 0")


def test_redaction_of_a_shadow(shadows: Raw, victim: Victim) -> None:
    """The function that runs as the owner works on the real tables alone."""
    with shadows.transaction(force_rollback=True):
        shadows.execute("SELECT public.submissions_redact(%s, '2999-01-01')", [victim.event.pk])
        query = "SELECT count(*) FROM {}.submissions_event WHERE redacted_at IS NOT NULL"
        assert shadows.execute(query.format("public")).fetchone() == (1,)
        assert shadows.execute(query.format("pg_temp")).fetchone() == (0,)


# The session


SESSIONS = [
    "SET search_path = pg_temp",
    "SET check_function_bodies = off",
    "SET transform_null_equals = on",
    "SET row_security = off",
    "SET DateStyle = 'SQL, DMY'",
    "SET TimeZone = 'Pacific/Kiritimati'",
    "SET bytea_output = escape",
    "SET extra_float_digits = 0",
    "SET standard_conforming_strings = off",
    "SET array_nulls = off",
    "SET default_transaction_isolation = 'serializable'",
    "SET default_transaction_deferrable = on",
    "SET enable_indexscan = off",
    "SET constraint_exclusion = on",
    "SET plan_cache_mode = force_generic_plan",
]


@pytest.mark.parametrize("setting", SESSIONS)
def test_session_is_set_up_oddly(setting: str, raw: Raw, victim: Victim) -> None:
    raw.execute(setting)
    move_it = "UPDATE public.submissions_submission SET state = 'in_review', version = 2 WHERE id = %s"
    with pytest.raises(errors.IntegrityConstraintViolation):
        raw.execute(move_it, [victim.submission.pk])
    with pytest.raises(errors.RestrictViolation):
        raw.execute("UPDATE public.submissions_submission SET title = 'Forged' WHERE version > 0")


@pytest.mark.parametrize(
    "when", ["SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS submission_whole, event_whole DEFERRED"]
)
def test_check_is_put_off(when: str, raw: Raw, victim: Victim) -> None:
    with pytest.raises(errors.IntegrityConstraintViolation), raw.transaction():
        raw.execute(when)
        move(raw, victim)


def test_check_is_called_too_early(raw: Raw, victim: Victim) -> None:
    """Once checked and immediate, the next half of a change is checked at once."""
    with pytest.raises(errors.IntegrityConstraintViolation), raw.transaction():
        insert(raw, "submissions_event", victim.event_row())
        move(raw, victim)
        raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raw.execute("SET CONSTRAINTS ALL DEFERRED")
        move(raw, victim, state="shortlisted", version=3)


def test_half_a_change_is_rolled_back(raw: Raw, victim: Victim) -> None:
    """The event goes with its savepoint; the state that stays is refused."""
    with pytest.raises(errors.IntegrityConstraintViolation), raw.transaction():
        with raw.transaction(force_rollback=True):
            insert(raw, "submissions_event", victim.event_row())
        move(raw, victim)


def test_change_is_prepared_for_later(raw: Raw, victim: Victim) -> None:
    raw.execute("BEGIN")
    move(raw, victim)
    with pytest.raises((errors.IntegrityConstraintViolation, errors.ObjectNotInPrerequisiteState)):
        raw.execute("PREPARE TRANSACTION 'later'")


def test_two_sessions_take_a_half_each(raw: Raw, victim: Victim, test_databases: TestDatabases) -> None:
    """One writes the event, the other the state; neither sees the other's half."""
    with test_databases.raw(test_databases.runtime) as other, unchanged_history(other):
        raw.execute("BEGIN")
        other.execute("BEGIN")
        insert(raw, "submissions_event", victim.event_row())
        move(other, victim)
        for session in (raw, other):
            with pytest.raises(errors.IntegrityConstraintViolation):
                session.execute("COMMIT")
