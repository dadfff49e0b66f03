"""`make demo` as a person meets it: a copy of the checkout, a real server, a real Ctrl-C."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings

from demo import supervisor

LEFT_OUT = shutil.ignore_patterns(".*", "var", "staticfiles", "__pycache__", "docs")
PATIENCE = 240  # seconds for the demo data of a first start on a slow machine


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tf-demo-")).resolve()
    folder.chmod(0o755)
    shutil.copytree(settings.BASE_DIR, folder / "trackflow", ignore=LEFT_OUT)
    yield folder / "trackflow"
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((supervisor.HOST, 0))
        return int(probe.getsockname()[1])


def heed_hangup() -> None:
    """Undo what a `nohup` around the tests would hand down."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@contextmanager
def demo(checkout: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    environment["SECRET_KEY"] = "for this test alone"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=checkout,
        env={
            **environment,
            "SECRET_KEY": "for this test alone",
            "DJANGO_SETTINGS_MODULE": "trackflow.settings",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heed_hangup,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


def answer(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{supervisor.HOST}:{port}{path}", timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def wait_until_well(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            code, text = answer(port, "/health/")
        except OSError:
            time.sleep(0.2)
            continue
        if code == 200 and json.loads(text)["status"] == "ok":
            return
        time.sleep(0.2)
    process.terminate()
    pytest.fail(process.communicate()[0])


def processes_in(checkout: Path) -> list[str]:
    """Return the command lines of processes that run in the checkout or below (Linux alone)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").resolve().is_relative_to(checkout):
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def test_demo_serves_and_stops_all_of_it_when_told(checkout: Path) -> None:
    """Three starts in one test: the first loads the demo's data, from nothing, and the others keep it."""
    loaded = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        port = free_port()
        with demo(checkout, port) as process:
            wait_until_well(process, port)
            assert answer(port, "/")[0] == 200
            assert answer(port, "/nothing/here/")[0] == 404
            process.send_signal(number)
            said = process.communicate(timeout=30)[0]
        assert process.returncode == 0, said
        assert "jobs failed" not in said
        loaded += re.findall(r"[0-9]+  submissions, [0-9]+ events", said)
        assert supervisor.is_free(port)
        assert not (checkout / "var/postgres/postmaster.pid").exists()
        assert processes_in(checkout) == []
    assert len(loaded) == 1


def test_taken_port_is_said_and_nothing_is_left_running(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind((supervisor.HOST, 0))
        taken.listen()
        with demo(checkout, taken.getsockname()[1]) as process:
            said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "is taken" in said
    assert "Traceback" not in said
    assert processes_in(checkout) == []
