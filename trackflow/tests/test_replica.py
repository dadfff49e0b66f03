"""Pages read from a streaming replica: a real one, of the server that the tests use."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from labels.models import Label
from trackflow.devdb import db_paths
from trackflow.devdb.cluster import Cluster
from trackflow.devdb.instance import CHECKOUT, FOR_TESTS
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import visitors
from trackflow.testing.clients import sign_in
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import wait_for, web
from trackflow.tests.test_outages import get


@pytest.fixture
def people(committed_db: str) -> Cast:
    return Cast()


@pytest.fixture
def replica(test_databases: TestDatabases, people: Cast) -> Iterator[Cluster]:
    """A replica of the embedded server, which has everything that was committed until now."""
    if test_databases.superuser is None:
        pytest.skip("A replica needs a superuser; only the embedded database gives us one.")
    primary = db_paths.find(CHECKOUT, *FOR_TESTS)
    folder = Path(tempfile.mkdtemp(prefix="replica-"))
    cluster = replace(primary, data=folder / "data", sockets=folder)
    cluster._own(folder)
    copied = primary._run("pg_basebackup", "-D", str(cluster.data), "-R", "-c", "fast", "-d", primary.url())
    assert not copied.returncode, copied.stdout
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def site(committed_db: str, replica: Cluster, test_databases: TestDatabases) -> Iterator[str]:
    url = replica.url("runtime", committed_db)
    with web(test_databases.runtime, committed_db, DATABASE_REPLICA_URL=url) as address:
        yield address


def ask(cluster: Cluster, statement: str) -> Any:
    with psycopg.connect(cluster.url(), autocommit=True) as raw:
        return raw.execute(statement).fetchone()


def wait_until_caught_up(replica: Cluster) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        [written] = cursor.fetchone()
    wait_for(lambda: ask(replica, f"SELECT pg_last_wal_replay_lsn() >= '{written}'")[0], "the replica")


@pytest.mark.browser
def test_pages_come_from_the_replica_but_to_who_has_just_written_and_while_it_is_away(
    chromium: Browser, site: str, replica: Cluster, people: Cast
) -> None:
    with visitors(chromium, site) as browse:
        page = browse()
        sign_in(page, people.owner, site)
        wait_until_caught_up(replica)  # or the page would end a session that it does not know
        page.goto(f"{site}/settings/")
        field = page.locator("[name=name]")
        expect(field).to_have_count(1)
        ask(replica, "SELECT pg_wal_replay_pause()")
        Label.objects.filter(slug="harbour").update(name="Renamed")
        assert "Renamed" not in get(f"{site}/labels/harbour/")[2], "read from the replica"
        field.fill("Somebody New")
        page.get_by_role("button", name=re.compile("Save")).first.click()
        expect(field).to_have_value("Somebody New")
        page.goto(f"{site}/labels/harbour/")
        expect(page.locator("h1")).to_have_text("Renamed")
        assert "Renamed" not in get(f"{site}/labels/harbour/")[2]
        ask(replica, "SELECT pg_wal_replay_resume()")
        wait_for(lambda: "Renamed" in get(f"{site}/labels/harbour/")[2], "the replica to catch up")
    replica.stop("immediate")
    assert [get(f"{site}/labels/harbour/")[0] for _ in range(5)] == [200] * 5, "read from the primary"
