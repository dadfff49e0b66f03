"""What the two database roles may do, tried on a real database."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connections
from psycopg import errors

from trackflow import roles
from trackflow.testing.databases import TestDatabases

Raw = psycopg.Connection[Any]

EVERYTHING = {"SELECT", "INSERT", "UPDATE", "DELETE"}

BEYOND_RUNTIME = [
    "TRUNCATE accounts_user CASCADE",
    "TRUNCATE submissions_event",
    "UPDATE submissions_event SET sequence = 1",
    "DELETE FROM submissions_event",
    "UPDATE submissions_revision SET number = 1",
    "DELETE FROM submissions_revision",
    "SELECT * FROM submissions_event FOR UPDATE",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "DELETE FROM django_migrations",
    "ALTER TABLE submissions_event DISABLE TRIGGER ALL",
    "ALTER TABLE submissions_event ADD COLUMN more text",
    "ALTER TABLE submissions_event OWNER TO runtime",
    "DROP TABLE submissions_event",
    "CREATE TRIGGER mine AFTER INSERT ON accounts_user EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE TABLE mine ()",
    "CREATE TEMPORARY TABLE submissions_event ()",
    "CREATE TABLE mine (id bigint REFERENCES accounts_user)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "ALTER ROLE runtime SUPERUSER",
    "GRANT owner TO runtime",
    "SET ROLE owner",
    "SET SESSION AUTHORIZATION owner",
    "SET session_replication_role = replica",
    "SELECT setval('django_migrations_id_seq', 1)",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY accounts_user TO PROGRAM 'cat'",
]


@pytest.fixture(scope="module")
def intruder(django_db_setup: None, test_databases: TestDatabases) -> Iterator[Raw]:
    """A bare connection as runtime to the session's database: whatever is refused leaves no trace there."""
    with test_databases.raw(test_databases.runtime) as connection:
        yield connection


@pytest.mark.parametrize("statement", BEYOND_RUNTIME)
def test_runtime_is_refused(statement: str, intruder: Raw) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        intruder.execute(statement)


def rights(connection: Raw, role: str) -> dict[str, set[str]]:
    query = "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = %s"
    found: dict[str, set[str]] = {}
    for table, right in connection.execute(query, [role]):
        found.setdefault(table, set()).add(right)
    return found


def test_runtime_has_exactly_its_rights_on_every_table(owner_connection: Raw) -> None:
    listed = owner_connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    expected = {table: set(EVERYTHING) for (table,) in listed}
    expected |= {table: {"SELECT", "INSERT"} for table in roles.APPEND_ONLY}
    expected |= {table: EVERYTHING - {"DELETE"} for table in roles.KEPT}
    expected |= {table: {"SELECT"} for table in roles.READ_ONLY}
    assert rights(owner_connection, "runtime") == expected
    assert rights(owner_connection, "PUBLIC") == {}


def test_neither_role_is_mighty(owner_connection: Raw) -> None:
    query = """SELECT rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls
        FROM pg_roles WHERE rolname IN ('owner', 'runtime') ORDER BY 1"""
    assert owner_connection.execute(query).fetchall() == [("owner", *[False] * 4), ("runtime", *[False] * 4)]


def test_runtime_owns_nothing(owner_connection: Raw) -> None:
    query = "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = 'runtime'::regrole"
    assert owner_connection.execute(query).fetchone() == (0,)


def test_new_table_is_append_only_until_grants_are_renewed(
    owner_connection: Raw, runtime_connection: Raw
) -> None:
    owner_connection.execute("CREATE TABLE fresh (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    runtime_connection.execute("INSERT INTO fresh (word) VALUES ('a')")
    with pytest.raises(errors.InsufficientPrivilege):
        runtime_connection.execute("DELETE FROM fresh")
    roles.grant(owner_connection, "runtime")
    runtime_connection.execute("DELETE FROM fresh")


def test_granting_again_heals(
    committed_db: str, owner_connection: Raw, test_databases: TestDatabases
) -> None:
    owner_connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO runtime, PUBLIC")
    owner_connection.execute("GRANT UPDATE (sequence) ON submissions_event TO runtime")
    owner_connection.execute("GRANT ALL ON SCHEMA public TO PUBLIC")
    with test_databases.owner_alias(committed_db):
        call_command("grant_roles", verbosity=0)
    test_runtime_has_exactly_its_rights_on_every_table(owner_connection)
    columns = "SELECT count(*) FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid > 16384"
    assert owner_connection.execute(columns).fetchone() == (0,)
    with test_databases.raw(test_databases.runtime) as runtime, pytest.raises(errors.InsufficientPrivilege):
        runtime.execute("CREATE TABLE mine ()")


@pytest.fixture
def other_role(superuser_connection: Raw) -> Iterator[str]:
    """A role that is dropped at the end; roles belong to the server, not to a database."""
    yield "other"
    superuser_connection.execute("DROP OWNED BY other; DROP ROLE other")


def test_role_is_created_where_the_owner_may(superuser_connection: Raw, other_role: str) -> None:
    roles.set_up(superuser_connection, other_role, "it's secret")
    assert rights(superuser_connection, other_role)["submissions_event"] == {"SELECT", "INSERT"}


@pytest.mark.parametrize(
    ("preparation", "complaint"),
    [
        ("CREATE ROLE other CREATEDB", "powers that make grants worthless"),
        ("CREATE ROLE other IN ROLE owner", "is a member of 'owner'"),
        ("CREATE ROLE other; CREATE TABLE mine (); ALTER TABLE mine OWNER TO other", "owns tables"),
    ],
)
def test_mighty_runtime_is_refused(
    preparation: str, complaint: str, superuser_connection: Raw, owner_connection: Raw, other_role: str
) -> None:
    superuser_connection.execute(preparation)
    with pytest.raises(roles.RolesError, match=complaint):
        roles.set_up(owner_connection, other_role)


def test_missing_role_is_explained_to_an_owner_who_may_not_create_it(owner_connection: Raw) -> None:
    with pytest.raises(roles.RolesError, match='CREATE ROLE "missing" LOGIN'):
        roles.set_up(owner_connection, "missing")


def test_one_role_for_both_is_refused(owner_connection: Raw) -> None:
    with pytest.raises(roles.RolesError, match="there must be two"):
        roles.set_up(owner_connection, "owner")


@pytest.mark.parametrize("command", ["deploy", "grant_roles"])
def test_commands_of_the_owner_ask_for_its_address(
    command: str, committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(connections.settings, "owner", raising=False)
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL is not set"):
        call_command(command)


def test_deploying_again_changes_nothing(committed_db: str, test_databases: TestDatabases) -> None:
    with test_databases.owner_alias(committed_db):
        call_command("deploy", verbosity=0)


def test_migrating_as_runtime_is_refused(committed_db: str) -> None:
    refused = r"must be owner of table insights_|permission denied for table django_migrations"
    with pytest.raises(ProgrammingError, match=refused):
        call_command("migrate", "insights", "zero", verbosity=0)
