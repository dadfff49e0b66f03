import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from trackflow.devdb import instance
from trackflow.tests.devdb.holder import Hold, holders

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs the server as another user.")


@pytest.fixture
def checkout() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tf-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def hold(checkout: Path) -> Iterator[Hold]:
    with holders(checkout) as hold:
        yield hold


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


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


def test_long_path_moves_the_socket(checkout: Path, hold: Hold) -> None:
    deep = checkout / ("long-" * 15) / ("path-" * 15)
    deep.mkdir(parents=True)
    holder = hold(deep, TMPDIR=str(checkout))
    assert f"{checkout}/trackflow-".replace("/", "%2F") in holder.address.runtime
    assert answers(holder.address.runtime)


@as_root
def test_closed_folder_keeps_its_mode_and_the_data_moves(checkout: Path, hold: Hold) -> None:
    closed = checkout / "closed"
    (closed / "in").mkdir(parents=True)
    closed.chmod(0o700)
    holder = hold(closed / "in", TMPDIR=str(checkout))
    said = holder.leave()
    assert "closed to other users: the database lives in" in said
    assert closed.stat().st_mode & 0o777 == 0o700
    assert checkout.stat().st_mode & 0o777 == 0o755
    assert not (closed / "in/var/postgres").exists()


@as_root
def test_folder_of_somebody_else_is_refused(checkout: Path, hold: Hold) -> None:
    (checkout / "closed").mkdir(mode=0o700)
    first = hold(checkout / "closed", TMPDIR=str(checkout))
    first.leave()
    (squatted,) = checkout.glob("trackflow-*")
    os.chown(squatted, 65534, 65534)
    with pytest.raises(AssertionError, match="belongs to somebody else"):
        hold(checkout / "closed", TMPDIR=str(checkout))


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
