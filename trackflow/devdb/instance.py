"""The embedded databases of a checkout: the first process that needs one starts it, the last one stops it.

Every process that uses one holds a shared lock on `var/<name>.users`. The system drops the lock when the
process dies, so a crashed process cannot keep the server running.
"""

import atexit
import fcntl
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import environ

if TYPE_CHECKING:
    from trackflow.devdb.cluster import Cluster

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATABASE, OWNER, RUNTIME = "trackflow", "owner", "runtime"
DATALESS = frozenset({"help", "version", "check", "collectstatic", "findstatic", "diffsettings"})
DATALESS |= {"makemigrations", "makemessages", "compilemessages", "startapp", "startproject"}
# With it makemigrations does not check which migrations are applied.
NO_DATABASE = "django.db.backends.dummy://none/none"
# The demo runs with production settings, but without HTTPS.
DEMO_SETTINGS = {"DEMO": "on", "DEBUG": "off", "HTTPS": "off"}


class Server(NamedTuple):
    """An embedded server: the name of its data in `var/`, and settings of PostgreSQL."""

    name: str
    options: tuple[str, ...] = ()


KEPT = Server("postgres")
# What tests write need not survive the machine; not waiting for the disk makes their databases in half the time.
FOR_TESTS = Server("test-postgres", ("fsync=off", "full_page_writes=off"))


class NotEmbeddedError(Exception):
    """The database in use is not the embedded one."""


class Address(NamedTuple):
    """The URLs of the embedded database, one per role."""

    runtime: str
    owner: str
    superuser: str


class _Handle(NamedTuple):
    server: Server
    users: IO[str]
    process: int
    cluster: "Cluster"
    address: Address


_handle: _Handle | None = None


def start_for_command(arguments: list[str]) -> None:
    """Point DATABASE_URL at the embedded database if the command needs one and none is configured."""
    command = arguments[1] if len(arguments) > 1 else "help"
    if command == "demo":
        os.environ.update(DEMO_SETTINGS)
    environ.Env.read_env(CHECKOUT / ".env")
    if os.environ.get("DATABASE_URL"):
        return
    if needs_data(command, arguments):
        _start_or_leave()
    elif command == "makemigrations":
        os.environ["DATABASE_URL"] = NO_DATABASE


def _start_or_leave() -> None:
    from trackflow.devdb.cluster import ClusterError  # lazy: commands without data load no database driver

    try:
        address = start()
    except ClusterError as error:
        sys.exit(f"The embedded database is not available. {error}")
    except OSError as error:
        refused = f"{error.filename or CHECKOUT / 'var'}: {error.strerror or error}"
        sys.exit(
            f"The embedded database is not available. {refused}. Check who may write there, and its space."
        )
    os.environ.update(DATABASE_URL=address.runtime, DATABASE_OWNER_URL=address.owner)


def needs_data(command: str, arguments: list[str]) -> bool:
    """Whether a management command opens the database."""
    if command == "check":
        return any(word.startswith("--database") for word in arguments)
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(arguments)
    return command not in DATALESS and not asks_for_help


def start(server: Server = KEPT) -> Address:
    """Start or join an embedded database for the lifetime of this process; ClusterError if it cannot."""
    global _handle
    if _handle is None or _handle.process != os.getpid():
        with _alone():
            _handle = _hold(server)
        atexit.register(stop)
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:  # which would skip atexit
                signal.signal(number, lambda number, _: sys.exit(128 + number))
    return _handle.address


def forget() -> None:
    """Replace the database by an empty one; NotEmbeddedError if this process does not use the embedded one."""
    if _handle is None:
        raise NotEmbeddedError
    from trackflow import roles  # lazy: as below

    roles.drop(_handle.address.superuser, DATABASE)
    roles.create(_handle.address.superuser, DATABASE, OWNER, RUNTIME)


def stop() -> None:
    """Stop using the database; the last process to do so shuts it down."""
    global _handle
    if _handle is None or _handle.process != os.getpid():
        return
    held, _handle = _handle, None
    with _alone(), held.users:
        try:
            fcntl.flock(held.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _address_file(held.server).unlink(missing_ok=True)
        held.cluster.stop()


def _hold(server: Server) -> _Handle:
    users = (CHECKOUT / "var" / f"{server.name}.users").open("w")
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        return _Handle(server, users, os.getpid(), *_serve(server))
    except BaseException:
        users.close()
        raise


def _serve(server: Server) -> tuple["Cluster", Address]:
    from trackflow import roles  # lazy: commands without data load no database driver
    from trackflow.devdb import db_paths  # lazy: commands without data load no database driver

    cluster = db_paths.find(CHECKOUT, *server)
    cluster.start()
    roles.create(cluster.url(), DATABASE, OWNER, RUNTIME)
    address = Address(cluster.url(RUNTIME, DATABASE), cluster.url(OWNER, DATABASE), cluster.url())
    urls = {"DATABASE_URL": address.runtime, "DATABASE_OWNER_URL": address.owner}
    _address_file(server).write_text(json.dumps(urls, indent=2) + "\n")
    return cluster, address


def _address_file(server: Server) -> Path:
    return CHECKOUT / "var" / ("database.json" if server == KEPT else f"{server.name}.json")


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock under which the server is started and stopped."""
    (CHECKOUT / "var").mkdir(exist_ok=True)
    with (CHECKOUT / "var" / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
