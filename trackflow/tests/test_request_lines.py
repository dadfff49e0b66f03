"""Log lines of requests, jobs and mails: what each says, what none says, and that one id goes through all."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from catalog.tests.builders import make_producer
from kit import jobs
from kit.clean_text import cleaned_address, cleaned_text
from kit.log_context import saying
from trackflow.log_lines import formatter
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.databases import TestDatabases
from trackflow.testing.post_office import PostOffice
from trackflow.testing.workers import wait_for, web, worker

SIGNATURE = "aB3" + "x" * 40
NONCE = "0123456789abcdef" * 2
CSRF = "c" * 32
Written = Callable[[str], list[dict[str, Any]]]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return what was written as JSON, and nothing of gunicorn's own words."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")]


@pytest.fixture
def written() -> Iterator[Written]:
    """Returns the lines of an event, as production writes them."""
    stream = StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(formatter("json"))
    root.addHandler(handler)
    try:
        yield lambda event: [
            line for line in map(json.loads, stream.getvalue().splitlines()) if line["event"] == event
        ]
    finally:
        root.removeHandler(handler)


def post(address: str, cookie: str = "", **fields: str) -> Any:
    cookies = f"csrftoken={CSRF}; {cookie}"
    head = {"Cookie": cookies, "X-CSRFToken": CSRF, "Referer": address}
    return urlopen(Request(address, urlencode(fields).encode(), head), timeout=30)


def test_one_id_follows_a_click_to_its_mail(
    committed_db: str, test_databases: TestDatabases, post_office: PostOffice, tmp_path: Path
) -> None:
    producer = make_producer()
    smtp = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
    around: Any = {"EMAIL_URL": smtp, "LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}
    logs = [tmp_path / "web", tmp_path / "worker"]
    with (
        logs[0].open("wb") as web_log,
        logs[1].open("wb") as worker_log,
        web(
            test_databases.runtime, committed_db, log=web_log, ALLOWED_HOSTS="127.0.0.1", **around
        ) as address,
        worker(test_databases.runtime, committed_db, log=worker_log, **around),
    ):
        answer = post(f"{address}/accounts/password/reset/?secret=1", email=producer.email)
        wait_for(lambda: bool(post_office.mails), "the mail")
        wait_for(
            lambda: not ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists(), "the jobs"
        )
    [request] = [each for each in lines_of(logs[0]) if each.get("method") == "POST"]
    found = request["request_id"]
    assert re.fullmatch("[0-9a-f]{16}", found)
    assert request["path"] == "/accounts/password/reset/"
    assert request["ms"] > 0
    ours = [each for each in lines_of(logs[1]) if each.get("request_id") == found]
    assert [each["event"] for each in ours] == ["job", "mail", "job"]
    assert [each["task"] for each in ours] == ["accounts.mail_reset_link", *["accounts.send_mail"] * 2]
    assert {each.get("outcome") for each in ours} == {"succeeded", "sent"}
    assert post_office.mails[0]["X-Request-ID"] == found
    written = "".join(path.read_text() for path in logs)
    assert producer.email not in written
    assert "secret" not in written
    assert answer.status == 200


def test_line_says_who_where_and_about_what(
    cast: Cast, written: Written, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "trackflow")
    sent, client = cast.demo("submitted"), client_of(cast.producer)
    response = client.get(f"/submissions/{sent.reference}/?q={SIGNATURE}")
    [line] = written("request")
    assert line.pop("ms") > 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "trackflow.request_lines",
        "request_id": response["X-Request-ID"],
        "route": "submissions/<reference:reference>/",
        "path": f"/submissions/{sent.reference}/",
        "user": cast.producer.pk,
        "reference": sent.reference,
        "method": "GET",
        "status": 200,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "is_behind", "is_kept"),
    [
        ("4bf92f35-77b3-4da6", True, True),
        ("4bf92f35-77b3-4da6", False, False),
        ("short", True, False),
        ("with space and \r\n", True, False),
        ("x" * 65, True, False),
    ],
)
def test_id_of_a_proxy_is_kept_only_behind_one(
    given: str, is_behind: bool, is_kept: bool, client: Client, settings: Settings
) -> None:
    settings.BEHIND_PROXY = is_behind
    answered = client.get("/help/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert (answered == given) == is_kept


def test_addresses_are_logged_without_what_opens_something() -> None:
    assert cleaned_address(f"/splits/{NONCE}.{SIGNATURE}/?a=b#c") == "/splits/…/"
    assert cleaned_address("/splits/short-but-a-token/") == "/splits/…/"
    assert cleaned_address(f"/invitations/IN-4K7Q-9XMD/{NONCE}/") == "/invitations/IN-4K7Q-9XMD/…/"
    assert (
        cleaned_address(f"/accounts/password/reset/key/2-{SIGNATURE}/") == "/accounts/password/reset/key/…-…/"
    )
    assert cleaned_address("/accounts/confirm-email/MQ:1abc:def/") == "/accounts/confirm-email/…/"
    assert cleaned_address(f"/nowhere/{SIGNATURE}") == "/nowhere/…"
    assert cleaned_address("https://me:secret@x.example:8/a/?t=1") == "https://x.example/…"
    assert cleaned_address(f"{settings.BASE_URL}/splits/a.b/") == "http://127.0.0.1/splits/…/"
    assert cleaned_address("//[") == ""
    assert (
        cleaned_address("/desk/deep-house-records/TF-4K7Q-9XMD/") == "/desk/deep-house-records/TF-4K7Q-9XMD/"
    )


def test_texts_are_logged_without_mailboxes_and_tokens() -> None:
    assert cleaned_text("Key (email)=(ann@x.example) exists") == "Key (email)=(…) exists"
    assert cleaned_text(f"see https://x.example/a/?t=1 or {SIGNATURE}") == "see https://x.example/… or …"
    kept = (
        'violates "submissions_submission_label_id_0a1b2c3d_fk" in AbstractSubmissionFormFactoryWithLongName'
    )
    assert cleaned_text(kept) == kept


@pytest.mark.django_db
def test_every_way_to_queue_a_job_passes_the_id_on() -> None:
    with saying(request_id="of-a-click"):
        jobs.defer(["accounts.send_mail"], to="x")
        jobs.defer_once("kit.once", once="x")
        jobs.defer_later("kit.later", None)
    jobs.defer(["kit.alone"])
    found = dict(ProcrastinateJob.objects.values_list("task_name", "args__request_id"))
    assert found == {
        "accounts.send_mail": "of-a-click",
        "kit.once": "of-a-click",
        "kit.later": "of-a-click",
        "kit.alone": None,
    }


@pytest.mark.django_db
def test_slow_statement_is_logged_without_its_values(settings: Settings, written: Written) -> None:
    settings.SLOW_QUERY_MS = 50
    with connection.cursor() as cursor, saying(request_id="a", route="desk/"):
        cursor.execute("SELECT %s, pg_sleep(%s)", ["told in private", 0.06])
        cursor.execute("SELECT 1")
    [line] = written("slow query")
    assert line["statement"] == "SELECT %s, pg_sleep(%s)"
    assert line["ms"] >= 50
    assert (line["request_id"], line["route"], line["level"]) == ("a", "desk/", "warning")


def test_error_is_one_line_of_json_and_readable_as_text() -> None:
    try:
        raise ValueError(f"of ann@x.example, {SIGNATURE}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "It %s", ("failed",), sys.exc_info())
    line = formatter("json").format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["event"], said["level"], said["logger"]) == ("It failed", "error", "x")
    assert said["exception"].endswith("ValueError: of …, …")
    assert len(formatter("text").format(record).splitlines()) > 2


def test_workers_do_not_carry_what_is_switched_off() -> None:
    program = (
        "import sys, trackflow.wsgi;"
        "print([name for name in ('sentry_sdk', 'opentelemetry', 'prometheus_client') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
