"""Outages of the database: connections cut, and nobody let in for a while. Web server and worker are real processes."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, expect
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from psycopg.sql import SQL, Identifier

from bench.faults.load import status_of
from bench.visitors import action_data, signed_in
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Delivery
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import visitors
from trackflow.testing.clients import sign_in
from trackflow.testing.databases import TestDatabases
from trackflow.testing.post_office import open_post_office
from trackflow.testing.workers import wait_for, web, worker

Superuser = psycopg.Connection[Any]
# Waits, at most as many milliseconds for each, until they are gone: what was cut later would still look alive.
CUT = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = 'runtime'"
)
REFUSE_TWO_ENDS = """
CREATE SEQUENCE tries_to_end;
CREATE FUNCTION refuse_two_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF nextval('tries_to_end') <= 2 THEN
        RAISE 'No space left on device' USING ERRCODE = 'disk_full';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER refuse_two_ends BEFORE DELETE ON procrastinate_jobs FOR EACH ROW
    WHEN (OLD.task_name = 'notifications.announce') EXECUTE FUNCTION refuse_two_ends();
"""
"""As on a full disk: what was done cannot be written down, twice."""
PATIENCE = 30  # seconds; `make outages` measures how long it really takes


@pytest.fixture
def superuser(test_databases: TestDatabases) -> Iterator[Superuser]:
    """A superuser's connection, to another database than the tests'; embedded server only."""
    if test_databases.superuser is None:
        pytest.skip("Cutting others off needs a superuser; only the embedded database gives us one.")
    with psycopg.connect(test_databases.superuser, autocommit=True) as raw:
        yield raw


@contextmanager
def outage(superuser: Superuser, database: str) -> Iterator[None]:
    """Let nobody into a database, and cut all connections to it."""
    allow = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    superuser.execute(allow.format(Identifier(database), SQL("false")))
    superuser.execute(CUT, [database])
    connection.close()  # ours, which was cut too
    try:
        yield
    finally:
        superuser.execute(allow.format(Identifier(database), SQL("true")))


def get(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return the status, headers and text of an answer."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


@pytest.fixture
def people(committed_db: str) -> Cast:
    return Cast()


@pytest.fixture
def site(committed_db: str, people: Cast, test_databases: TestDatabases) -> Iterator[str]:
    with web(test_databases.runtime, committed_db, DATABASE_POOL_TIMEOUT="4") as address:  # on a busy machine
        yield address


def test_outage_is_answered_by_503_and_is_over_at_once(
    site: str, superuser: Superuser, committed_db: str
) -> None:
    assert get(f"{site}/labels/")[0] == 200
    with outage(superuser, committed_db):
        page = get(f"{site}/labels/")
        message = get(f"{site}/labels/", **{"HX-Request": "true"})
        data = get(f"{site}/labels/", Accept="application/json")
        health = get(f"{site}/health/")
    assert [code for code, _, _ in (page, message, data, health)] == [503] * 4
    assert {headers["Retry-After"] for _, headers, _ in (page, message, data)} == {"5"}
    assert "Trackflow cannot reach its database" in page[2]
    assert "Content-Security-Policy" in page[1]
    assert (message[1]["HX-Retarget"], message[2].count("<html")) == ("#messages", 0)
    assert "cannot reach its database" in json.loads(data[2])["error"]
    wait_for(lambda: get(f"{site}/labels/")[0] == 200, "a page")
    with ThreadPoolExecutor(16) as crowd:
        assert Counter(crowd.map(lambda _: get(f"{site}/labels/")[0], range(64))) == {200: 64}
    assert get(f"{site}/health/")[0] == 200


def test_page_that_waits_for_a_lock_is_answered_by_503(
    committed_db: str, people: Cast, test_databases: TestDatabases
) -> None:
    with web(test_databases.runtime, committed_db) as site, test_databases.raw(test_databases.owner) as owner:
        with owner.transaction():
            owner.execute("LOCK TABLE labels_label IN ACCESS EXCLUSIVE MODE")
            start = time.monotonic()
            code, _, text = get(f"{site}/labels/")
            assert time.monotonic() - start < PATIENCE / 2
        assert code == 503
        assert "Please try again" in text
        assert get(f"{site}/labels/")[0] == 200


def test_decision_whose_session_cannot_be_saved_is_answered_by_503_and_counts_once(
    committed_db: str, people: Cast, test_databases: TestDatabases
) -> None:
    demo = people.demo("in_review")
    said = action_data(demo.turn, reason="genre", welcome="another", unheard="on")
    decision = signed_in(people.manager).request(
        reverse("desk:act", args=["harbour", demo.reference, "reject"]), said
    )
    with web(test_databases.runtime, committed_db) as site, test_databases.raw(test_databases.owner) as owner:
        port = int(site.rpartition(":")[2])
        with owner.transaction():
            owner.execute("LOCK TABLE accounts_session IN EXCLUSIVE MODE")  # which may be read
            assert status_of(port, decision) == 503
        assert history(demo)[-1] == "reject"
        assert status_of(port, decision) == 303
    assert history(demo) == ["submit", "start_review", "reject"]


@pytest.mark.browser
def test_key_pressed_during_an_outage_says_so_and_works_afterwards(
    chromium: Browser, site: str, superuser: Superuser, committed_db: str, people: Cast
) -> None:
    demo = people.demo(title="Night Bus")
    with visitors(chromium, site) as browse:
        page = browse()
        sign_in(page, people.manager, site)
        page.goto(f"{site}/desk/harbour/")
        page.keyboard.press("j")
        expect(page.locator("#pane-title")).to_have_text("Night Bus")
        expect(page.locator("[data-waits]")).to_have_count(0)
        with outage(superuser, committed_db):
            page.keyboard.press("s")
            expect(page.locator("#messages")).to_contain_text(
                "Trackflow cannot reach its database", timeout=30_000
            )
        expect(page.locator("[data-waits]")).to_have_count(0)
        page.keyboard.press("s")
        expect(page.locator("#messages")).to_contain_text("You shortlisted it.", timeout=30_000)
    assert history(demo) == ["submit", "start_review", "shortlist"]


def test_who_only_reads_does_not_notice_that_connections_are_cut(
    site: str, superuser: Superuser, committed_db: str
) -> None:
    is_over, codes = threading.Event(), []

    def read() -> None:
        while not is_over.is_set():
            codes.append(get(f"{site}/labels/")[0])

    with ThreadPoolExecutor(4) as readers:
        for _ in range(4):
            readers.submit(read)
        for _ in range(6):
            time.sleep(0.5)
            superuser.execute(CUT, [committed_db])
        is_over.set()
    assert set(codes) == {200}
    assert len(codes) > 20


def is_done(task: str) -> Callable[[], bool]:
    return lambda: not ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"]).exists()


def test_worker_outlives_an_outage_and_takes_up_what_was_cut(
    committed_db: str, superuser: Superuser, test_databases: TestDatabases
) -> None:
    with open_post_office() as (office, port):
        office.delay = 1
        Cast().demo()
        with worker(test_databases.runtime, committed_db, EMAIL_URL=f"smtp://127.0.0.1:{port}") as process:
            wait_for(lambda: bool(office.mails), "a mail to be under way")
            with outage(superuser, committed_db):
                time.sleep(2)
            office.delay = 0
            waiting = Delivery.objects.filter(outcome=DeliveryStatus.WAITING)  # digests have their hour
            wait_for(lambda: is_done("notifications.send")() and not waiting.exists(), "all mails")
            assert process.poll() is None
    ids = Counter(mail["Message-ID"] for mail in office.mails)
    assert len(ids) == Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.SENT).count()
    assert max(ids.values()) == 2  # the mail server had said yes, and we could not write it down
    assert not ProcrastinateJob.objects.filter(status="failed").exists()


def test_job_whose_end_cannot_be_written_down_at_first_is_not_left_open(
    committed_db: str, owner_connection: psycopg.Connection[Any], test_databases: TestDatabases
) -> None:
    owner_connection.execute(REFUSE_TWO_ENDS)
    Cast().demo()
    many = ProcrastinateJob.objects.filter(task_name="notifications.announce").count()
    with worker(test_databases.runtime, committed_db) as process:
        wait_for(is_done("notifications.announce"), "the jobs to be done")
        assert process.poll() is None
    assert owner_connection.execute("SELECT last_value FROM tries_to_end").fetchone() == (many + 2,)


def test_worker_stops_when_told_during_an_outage(
    committed_db: str, superuser: Superuser, test_databases: TestDatabases
) -> None:
    with worker(test_databases.runtime, committed_db) as process:
        wait_for(ProcrastinateWorker.objects.exists, "the worker")
        with outage(superuser, committed_db):
            time.sleep(1)
            process.terminate()
            assert process.wait(PATIENCE) == 0
