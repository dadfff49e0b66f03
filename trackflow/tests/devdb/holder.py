"""Processes that hold the embedded database of a checkout, for tests that end them in every way."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from trackflow.devdb.instance import CHECKOUT, Address

# As manage.py starts it, but that a new database is not forced to the disk: no test pulls the plug.
# Everything is imported before another user takes over, who may not be able to read this checkout.
PROGRAM = """
import json, os, sys
from pathlib import Path
from trackflow import roles
from trackflow.devdb import cluster, db_paths, instance
instance.CHECKOUT = Path(sys.argv[1])
cluster.INITDB = (*cluster.INITDB, "--no-sync", "--set=fsync=off")
if user := int(sys.argv[2]):
    os.setgroups([]), os.setgid(user), os.setuid(user)
instance.start_for_command(["manage.py", "migrate"])
print(json.dumps(instance.start()), flush=True)
sys.stdin.read()
"""


class Holder:
    """One process that starts or joins the database; it lets go when told, or dies when killed.

    It runs in `mount`, a shell script's opening lines, if there are any: in a namespace of its own.
    XDG_RUNTIME_DIR is unset unless `environment` sets it.
    """

    def __init__(
        self, checkout: Path, *, user: int = 0, umask: int = -1, mount: str = "", **environment: str
    ) -> None:
        command = [sys.executable, "-W", "error", "-c", PROGRAM, str(checkout), str(user)]
        if mount:
            command = ["unshare", "--mount", "sh", "-ec", f'{mount}\nexec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
            umask=umask,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        self.address = Address(*json.loads(line))

    def leave(self) -> str:
        """End the process in order; returns what it said on stderr."""
        said = self.process.communicate(timeout=60)[1]
        assert self.process.returncode == 0, said
        return said

    def die(self) -> None:
        """End the process as kill -9 does."""
        self.process.kill()
        self.process.communicate(timeout=60)


def answers(url: str) -> bool:
    """Whether a server answers there."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


Hold = Callable[..., Holder]


@contextmanager
def temporary_checkout() -> Iterator[Path]:
    """Yield a folder that all users can enter, short enough for the socket to lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="tf-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def holders(checkout: Path) -> Iterator[Hold]:
    """Yield a way to start holders; whoever still lives at the end leaves."""
    made: list[Holder] = []

    def hold(place: Path = checkout, **options: str | int) -> Holder:
        made.append(Holder(place, **options))  # type: ignore[arg-type]
        return made[-1]

    try:
        yield hold
    finally:
        for holder in made:
            if holder.process.poll() is None:
                holder.leave()
            for pipe in (holder.process.stdin, holder.process.stdout, holder.process.stderr):
                if pipe:
                    pipe.close()
