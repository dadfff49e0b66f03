import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from trackflow.devdb import instance
from trackflow.tests.devdb.holder import Hold, answers, temporary_checkout


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """One checkout for all: each test leaves its server stopped, its data whole."""
    with temporary_checkout() as folder:
        yield folder


def postmaster(checkout: Path) -> int:
    return int((checkout / "var/postgres/postmaster.pid").read_text().split()[0])


def test_first_process_starts_and_last_stops(checkout: Path, hold: Hold) -> None:
    first, second = hold(), hold()
    assert first.address == second.address
    first.leave()
    assert answers(second.address.runtime)
    assert json.loads((checkout / "var/database.json").read_text()) == {
        "DATABASE_URL": second.address.runtime,
        "DATABASE_OWNER_URL": second.address.owner,
    }
    second.leave()
    assert not answers(second.address.runtime)
    assert not (checkout / "var/database.json").exists()


def test_a_process_told_to_terminate_stops_the_server(checkout: Path, hold: Hold) -> None:
    holder = hold()
    holder.process.terminate()
    assert holder.process.wait(30) == 128 + signal.SIGTERM
    assert not answers(holder.address.runtime)


def test_data_outlives_the_server(hold: Hold) -> None:
    first = hold()
    with psycopg.connect(first.address.owner) as connection:
        connection.execute("CREATE TABLE kept ()")
    first.leave()
    with psycopg.connect(hold().address.owner) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == ("kept",)


def test_killed_process_leaves_no_server_behind_for_ever(checkout: Path, hold: Hold) -> None:
    first = hold()
    first.die()
    assert answers(first.address.runtime)
    hold().leave()
    assert not answers(first.address.runtime)


def test_killed_server_comes_back_though_its_number_was_given_away(checkout: Path, hold: Hold) -> None:
    first = hold()
    first.die()
    os.kill(postmaster(checkout), signal.SIGKILL)
    left_over = checkout / "var/postgres/postmaster.pid"
    left_over.write_text(left_over.read_text().replace(str(postmaster(checkout)), str(os.getpid()), 1))
    assert answers(hold().address.runtime)


def test_copied_checkout_gets_a_server_of_its_own(checkout: Path, hold: Hold) -> None:
    first = hold()
    copy = checkout / "copy"
    shutil.copytree(checkout / "var", copy / "var", ignore=shutil.ignore_patterns(".s.PGSQL.*"))
    second = hold(copy)
    assert second.address != first.address
    second.leave()
    assert answers(first.address.runtime)


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("help", False),
        ("--version", False),
        ("check", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("makemigrations --check", False),
        ("collectstatic --no-input", False),
        ("migrate --help", False),
        ("migrate", True),
        ("shell", True),
        ("demo", True),
        ("verify_history", True),
    ],
)
def test_commands_start_the_database_when_they_need_data(line: str, needs: bool) -> None:
    arguments = ["manage.py", *line.split()]
    assert instance.needs_data(arguments[1], arguments) is needs


def test_configured_database_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/trackflow")
    monkeypatch.setattr(instance, "start", lambda: pytest.fail("started"))
    instance.start_for_command(["manage.py", "migrate"])
    assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/trackflow"
