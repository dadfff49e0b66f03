"""Web server and worker side by side, until one of them ends or somebody stops them."""

import os
import shlex
import signal
import socket
import sys
from typing import Any

from honcho.manager import Manager

HOST = "127.0.0.1"
STOPPED_ON_REQUEST = {128 + signal.SIGINT, 128 + signal.SIGTERM}


def is_free(port: int) -> bool:
    """Whether a web server could listen on this port of the local machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def run(port: int) -> int:
    """Run web and worker until they end; returns 0 if somebody asked for it, else a code of failure."""
    manager = Manager()
    for name, command in commands(port).items():
        manager.add_process(name, f"exec {command}")
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup's way to ask for no stop
        signal.signal(signal.SIGHUP, _terminal_closed)
    manager.loop()
    return 0 if manager.returncode in STOPPED_ON_REQUEST else manager.returncode or 1


def commands(port: int) -> dict[str, str]:
    """Return the command line of each process; the Procfile's, with the demo's sizes and short farewells."""
    python = shlex.quote(sys.executable)
    web = (
        f"-m gunicorn trackflow.wsgi --bind {HOST}:{port} --workers 2 --threads 8 "
        "--graceful-timeout 3 --no-control-socket"
    )
    worker = "manage.py procrastinate worker --shutdown-graceful-timeout 3"
    return {"web": f"{python} {web}", "worker": f"{python} {worker}"}


def _terminal_closed(*_: Any) -> None:
    """Stop as if asked to, writing no more to a terminal that is gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    signal.raise_signal(signal.SIGTERM)
