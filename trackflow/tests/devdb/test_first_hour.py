"""An operator's first hour: the steps of the README, read from it, on an empty machine.

The machine is a copy of the checkout with a PostgreSQL of its own. Replaced is only what it cannot have: packages are
installed already, PostgreSQL listens at a socket, and nobody types the admin's password.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.conf import settings

from trackflow.tests.devdb.holder import Hold

ROOT = Path(settings.BASE_DIR)
LEFT_OUT = shutil.ignore_patterns(".*", "var", "staticfiles", "__pycache__", "docs", "bench")
ADMIN, PASSWORD = "you@trackflow.example", "copper kettle sings at noon"
HEADERS = {"Host": "trackflow.example", "X-Forwarded-Proto": "https", "Referer": "https://trackflow.example/"}
PATIENCE = 120  # seconds for the web server to answer on a slow machine


def steps(language: str) -> str:
    """Return what the README's section on running it says to type, in its order."""
    section = (ROOT / "README.md").read_text().split("## Run it for real")[1].split("\n## ")[0]
    return "\n".join(re.findall(rf"```{language}\n(.+?)```", section, re.DOTALL))


def procfile(name: str) -> str:
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())[name]


@pytest.fixture
def superuser(hold: Hold) -> str:
    """The address of a PostgreSQL in which nothing is made yet."""
    address = hold().address
    with psycopg.connect(address.superuser, autocommit=True) as empty:
        empty.execute("DROP DATABASE trackflow")
        empty.execute("DROP ROLE owner")
        empty.execute("DROP ROLE runtime")
    return address.superuser


@pytest.fixture
def machine(checkout: Path) -> Path:
    """A folder with a copy of the project, as somebody would have cloned it."""
    shutil.copytree(ROOT, checkout / "clone", ignore=LEFT_OUT)
    return checkout / "clone"


def set_up(machine: Path, superuser: str) -> dict[str, str]:
    """Type the steps; return the environment that they leave behind."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        for statement in filter(str.strip, steps("sql").splitlines()):
            connection.execute(statement.encode())
    typed = re.sub(
        r"(postgresql://\S+)@localhost/trackflow",
        lambda found: f"'{found[1]}@/trackflow?{urlsplit(superuser).query}'",
        steps("sh"),
    )
    typed = typed.replace("createsuperuser", "createsuperuser --no-input")
    script = f'set -e\npip() {{ test "$*" = "install --require-hashes -r requirements.txt"; }}\n{typed}\nenv -0 >env'
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=machine,
        env={"PATH": _path(), "DJANGO_SUPERUSER_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    left = (machine / "env").read_text().split("\0")
    return dict(each.split("=", 1) for each in left if each)


def _path() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


@contextmanager
def running(name: str, machine: Path, environment: dict[str, str]) -> Iterator[Path]:
    """Run a line of the Procfile until the end of the block; yields its log."""
    log = machine / f"{name}.log"
    command = ["bash", "-c", f"exec {procfile(name)}"]
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=machine, env=environment, stdout=said, stderr=said)
        try:
            yield log
        finally:
            process.terminate()
            process.wait(timeout=60)


class Visitor:
    """A browser behind the proxy that speaks https."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()
        self.page = ""

    def ask(self, method: str, path: str, **fields: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        headers = {**HEADERS, "Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(fields), headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        self.page = answer.read().decode()
        connection.close()
        return answer

    def sign_in(self) -> str:
        """Sign in as the first admin; return where that leads."""
        self.ask("GET", "/accounts/login/")
        token = self.cookies["__Host-csrf"].value
        answer = self.ask(
            "POST", "/accounts/login/", login=ADMIN, password=PASSWORD, csrfmiddlewaretoken=token
        )
        return answer.headers["Location"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_the_web(port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if Visitor(port).ask("GET", "/health/").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(log.read_text())


def test_steps_of_the_readme_lead_from_an_empty_machine_to_a_signed_in_admin(
    machine: Path, superuser: str
) -> None:
    port = free_port()
    environment = {**set_up(machine, superuser), "PORT": str(port), "WEB_CONCURRENCY": "1"}
    with running("worker", machine, environment) as work, running("web", machine, environment) as web:
        wait_for_the_web(port, web)
        admin = Visitor(port)
        assert admin.ask("HEAD", "/").status == 200
        assert admin.sign_in() == "/home/", web.read_text()
        assert admin.ask("GET", "/admin/").status == 403
        assert "two-factor sign-in" in admin.page  # which an admin sets up first
    assert "WARNING" not in web.read_text()
    assert "Traceback" not in work.read_text() + web.read_text()


def test_missing_secret_is_named_in_one_line(machine: Path) -> None:
    for command in ("collectstatic --no-input", "deploy", "worker"):
        done = subprocess.run(
            [sys.executable, "manage.py", *command.split()],
            cwd=machine,
            env={"DATABASE_URL": "postgresql://runtime@/nowhere"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode
        assert done.stderr.startswith("SECRET_KEY is not set.")
        assert len(done.stderr.splitlines()) == 1
