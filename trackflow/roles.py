"""The two database roles: `owner` owns and migrates; `runtime` serves, and may do nothing beyond that."""

from typing import Any, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier, Literal

OLDEST_SERVER = 150000  # PostgreSQL 15: schemas no longer open to everyone

# What the runtime role may not change, by table; every other table is its own to write.
# read and insert
APPEND_ONLY = ("submissions_event", "submissions_revision", "activity_activity", "desk_memo")
READ_ONLY = ("django_migrations",)

HUMBLE = "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"

# In this order: take everything away, give what is needed. One transaction, so nobody sees a gap.
RIGHTS: tuple[LiteralString, ...] = (
    "REVOKE ALL ON DATABASE {database} FROM {runtime}",
    "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC",  # a temporary table can shadow a real one
    "GRANT CONNECT ON DATABASE {database} TO {runtime}",
    "REVOKE ALL ON SCHEMA public FROM {runtime}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {runtime}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {runtime}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {runtime}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {runtime}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {runtime}",
    "REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM PUBLIC, {runtime}",
    "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO {runtime}",
    # For tables that come before the next grant_roles: append-only until it has looked at them.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {runtime}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO {runtime}",
)


class RolesError(Exception):
    """The roles cannot be set up; the message says why and what to do."""


def create(superuser_url: str, database: str, owner: str, runtime: str) -> None:
    """Create the two roles and the owner's database where they are missing (embedded server only)."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if _one(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            return
        for role, may in ((owner, "CREATEDB"), (runtime, "NOCREATEDB")):  # tests clone databases as owner
            if not _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(SQL("CREATE ROLE {} " + HUMBLE + " " + may).format(Identifier(role)))
        statement = SQL("CREATE DATABASE {} OWNER {}").format(Identifier(database), Identifier(owner))
        connection.execute(statement)


def drop(superuser_url: str, database: str) -> None:
    """Drop a database, ending whatever is connected to it (embedded server only)."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))


def set_up(connection: psycopg.Connection[Any], runtime: str, password: str = "") -> None:
    """Create the runtime role if need be and set all its rights on this database; again heals.

    `connection` is the owner's, in a transaction. Raises RolesError where that cannot be done, or where
    the runtime role has a power that no grant can take away.
    """
    if connection.info.server_version < OLDEST_SERVER:
        raise RolesError("Trackflow needs PostgreSQL 15 or newer.")
    if connection.info.user == runtime:
        raise RolesError("DATABASE_URL and DATABASE_OWNER_URL name one role; there must be two.")
    _ensure(connection, runtime, password)
    _refuse_mighty(connection, runtime)
    grant(connection, runtime)


def grant(connection: psycopg.Connection[Any], runtime: str) -> None:
    """Give the runtime role exactly its rights on every table, sequence and function of this database."""
    names = {"database": Identifier(connection.info.dbname), "runtime": Identifier(runtime)}
    for statement in RIGHTS:
        connection.execute(SQL(statement).format(**names))
    for tables, rights in ((APPEND_ONLY, "UPDATE, DELETE"), (READ_ONLY, "INSERT, UPDATE, DELETE")):
        for table in tables:
            if _one(connection, "SELECT to_regclass(%s)", f"public.{table}"):
                revoke = SQL("REVOKE " + rights + " ON {} FROM {}")
                connection.execute(revoke.format(Identifier("public", table), names["runtime"]))


def _ensure(connection: psycopg.Connection[Any], runtime: str, password: str) -> None:
    if _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", runtime):
        return
    if not _one(connection, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"):
        raise RolesError(
            f"The role {runtime!r} is missing and {connection.info.user!r} may not create it. "
            f"As a superuser run: CREATE ROLE \"{runtime}\" LOGIN PASSWORD '...';"
        )
    powers = HUMBLE + " NOCREATEDB" + (" PASSWORD {}" if password else "")
    connection.execute(SQL("CREATE ROLE {} " + powers).format(Identifier(runtime), Literal(password)))


def _refuse_mighty(connection: psycopg.Connection[Any], runtime: str) -> None:
    mighty = "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    if _one(connection, mighty + " FROM pg_roles WHERE rolname = %s", runtime):
        raise RolesError(
            f"The role {runtime!r} has powers that make grants worthless. As a superuser run: "
            f'ALTER ROLE "{runtime}" NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS;'
        )
    if _one(connection, "SELECT pg_has_role(%s, current_user, 'MEMBER')", runtime):
        raise RolesError(f"The role {runtime!r} is a member of {connection.info.user!r}: revoke that.")
    if _one(connection, "SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", f'"{runtime}"'):
        raise RolesError(
            f"The role {runtime!r} owns tables. As a superuser run: "
            f'REASSIGN OWNED BY "{runtime}" TO "{connection.info.user}";'
        )


def _one(connection: psycopg.Connection[Any], query: LiteralString, *values: str) -> Any:
    """Return the first column of the first row, None where there is none."""
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
