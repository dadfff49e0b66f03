"""The two database roles: `owner` owns and migrates; `runtime` serves, with no more rights than that needs."""

from typing import Any, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier, Literal

OLDEST_SERVER = 150000  # PostgreSQL 15: schemas no longer open to everyone

# Tables on which the runtime role has fewer rights than on all others.
APPEND_ONLY = (
    "submissions_event",
    "submissions_revision",
    "releases_releaseevent",
    "releases_issuedisrc",
    "submissions_splitsheet",
    "submissions_offer",
    "submissions_reminder",
    "submissions_message",
    "notifications_announcement",
    "activity_activity",
    "studio_studioevent",
    "desk_memo",
    "recordings_filechange",
)
KEPT = ("notifications_delivery", "notifications_digest", "submissions_share", "submissions_deliverable")
READ_ONLY = ("django_migrations", "kit_databasemark", "labels_membershipchange")
WITHOUT: tuple[tuple[tuple[str, ...], LiteralString], ...] = (
    (APPEND_ONLY, "UPDATE, DELETE"),
    (KEPT, "DELETE"),
    (READ_ONLY, "INSERT, UPDATE, DELETE"),
)

NO_POWERS = "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"

# In this order: revoke everything, grant what is needed. Runs in one transaction.
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
    # For new tables: append-only until the next grant_roles.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {runtime}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO {runtime}",
)


class RolesError(Exception):
    """The roles cannot be set up; the message says why and what to do."""


def create(superuser_url: str, database: str, owner: str, runtime: str) -> None:
    """Create the two roles and the owner's database if missing (embedded server only)."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if _first_value(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            return
        for role, may in ((owner, "CREATEDB"), (runtime, "NOCREATEDB")):  # tests clone databases as owner
            if not _first_value(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(SQL("CREATE ROLE {} " + NO_POWERS + " " + may).format(Identifier(role)))
        statement = SQL("CREATE DATABASE {} OWNER {}").format(Identifier(database), Identifier(owner))
        connection.execute(statement)


def drop(superuser_url: str, database: str) -> None:
    """Drop a database and end its connections (embedded server only)."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))


def set_up(connection: psycopg.Connection[Any], runtime: str, password: str = "") -> None:
    """Create the runtime role if missing and set all its rights on this database; may be repeated.

    `connection` is the owner's, in a transaction. Raises RolesError if that is impossible, or if the runtime role
    has a power that grants cannot take away.
    """
    if connection.info.server_version < OLDEST_SERVER:
        raise RolesError("Trackflow needs PostgreSQL 15 or newer.")
    if connection.info.user == runtime:
        raise RolesError("DATABASE_URL and DATABASE_OWNER_URL name one role; there must be two.")
    _create_role(connection, runtime, password)
    _refuse_powerful(connection, runtime)
    grant(connection, runtime)


def grant(connection: psycopg.Connection[Any], runtime: str) -> None:
    """Grant the runtime role exactly its rights on every table, sequence and function of this database."""
    names = {"database": Identifier(connection.info.dbname), "runtime": Identifier(runtime)}
    for statement in RIGHTS:
        connection.execute(SQL(statement).format(**names))
    for tables, rights in WITHOUT:
        for table in tables:
            if _first_value(connection, "SELECT to_regclass(%s)", f"public.{table}"):
                revoke = SQL("REVOKE " + rights + " ON {} FROM {}")
                connection.execute(revoke.format(Identifier("public", table), names["runtime"]))


def _create_role(connection: psycopg.Connection[Any], runtime: str, password: str) -> None:
    if _first_value(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", runtime):
        return
    if not _first_value(
        connection, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ):
        raise RolesError(
            f"The role {runtime!r} is missing and {connection.info.user!r} may not create it. "
            f"As a superuser run: CREATE ROLE \"{runtime}\" LOGIN PASSWORD '...';"
        )
    powers = NO_POWERS + " NOCREATEDB" + (" PASSWORD {}" if password else "")
    connection.execute(SQL("CREATE ROLE {} " + powers).format(Identifier(runtime), Literal(password)))


def _refuse_powerful(connection: psycopg.Connection[Any], runtime: str) -> None:
    powers = "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    if _first_value(connection, powers + " FROM pg_roles WHERE rolname = %s", runtime):
        raise RolesError(
            f"The role {runtime!r} has powers that make grants worthless. As a superuser run: "
            f'ALTER ROLE "{runtime}" NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS;'
        )
    if _first_value(connection, "SELECT pg_has_role(%s, current_user, 'MEMBER')", runtime):
        raise RolesError(f"The role {runtime!r} is a member of {connection.info.user!r}: revoke that.")
    if _first_value(connection, "SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", f'"{runtime}"'):
        raise RolesError(
            f"The role {runtime!r} owns tables. As a superuser run: "
            f'REASSIGN OWNED BY "{runtime}" TO "{connection.info.user}";'
        )


def _first_value(connection: psycopg.Connection[Any], query: LiteralString, *values: str) -> Any:
    """Return the first column of the first row, None if there is no row."""
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
