from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from kit import clock
from trackflow import health
from trackflow.testing.databases import TestDatabases
from trackflow.testing.live_server import run_jobs
from trackflow.testing.workers import files_worker, wait_for, worker

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.usefixtures("committed_db")
def test_stranger_sees_that_all_is_well_but_for_the_worker(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {
        "status": "degraded",
        "database": "ok",
        "worker": {"state": "missing", "heartbeat": None},
    }


@pytest.mark.parametrize(("age", "state"), [(5, "ok"), (29, "ok"), (31, "silent")])
def test_worker_is_judged_by_its_last_heartbeat(
    age: int, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_last_heartbeats", lambda: {"default": NOW - timedelta(seconds=age)})
    with clock.at(NOW):
        response = health.health(RequestFactory().get("/health/"))
    assert response.status_code == 200
    assert f'"state": "{state}"'.encode() in response.content


def test_lost_database_is_503_at_once(settings: LazySettings, client: Client) -> None:
    where = settings.DATABASES["default"]
    before = dict(where)
    where.update(HOST="/nowhere", OPTIONS={})
    try:
        response = client.get("/health/")
    finally:
        where.update(before)
    assert response.status_code == 503
    assert response.json()["database"] == "gone"


@pytest.mark.usefixtures("committed_db")
def test_health_is_answered_for_any_host_over_plain_http(client: Client, settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["trackflow.example"]
    response = client.get("/health/", headers={"host": "10.0.0.7"})
    assert response.status_code == 200


def test_signed_in_browser_learns_of_a_lost_database(settings: LazySettings, client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "whatever"
    test_lost_database_is_503_at_once(settings, client)


@pytest.mark.usefixtures("committed_db")
def test_worker_with_nothing_to_do_ends() -> None:
    run_jobs()


def test_process_lives_without_a_database(settings: LazySettings, client: Client) -> None:
    where = settings.DATABASES["default"]
    before = dict(where)
    where.update(HOST="/nowhere", OPTIONS={})
    try:
        live, ready = client.get("/health/live/"), client.get("/health/ready/")
    finally:
        where.update(before)
    assert (live.status_code, ready.status_code) == (200, 503)
    assert ready.json()["database"] == "gone"


def test_process_is_ready_once_every_migration_is_applied(
    committed_db: str, owner_connection: psycopg.Connection[tuple[object, ...]], client: Client
) -> None:
    assert client.get("/health/ready/").status_code == 200
    owner_connection.execute("DELETE FROM django_migrations WHERE app = 'kit' AND name = '0002_guards'")
    response = client.get("/health/ready/")
    assert response.status_code == 503
    assert response.json()["missing_migrations"] == ["kit.0002_guards"]


def test_worker_is_said_and_keeps_no_page_from_being_served(committed_db: str, client: Client) -> None:
    response = client.get("/health/ready/")
    assert response.status_code == 200
    assert response.json()["worker"] == {"state": "missing", "heartbeat": None}


def test_worker_of_files_hides_no_lost_worker_of_mails(
    test_databases: TestDatabases, committed_db: str, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.SHELVES = [tmp_path]
    with files_worker(test_databases.runtime, committed_db):
        wait_for(lambda: states(client)["files"] == "ok", "the worker of files to be there")
        assert states(client) == {"worker": "missing", "files": "ok"}
        assert client.get("/health/").json()["status"] == "degraded"
        with worker(test_databases.runtime, committed_db):
            wait_for(lambda: states(client) == {"worker": "ok", "files": "ok"}, "both workers")
            assert client.get("/health/").json()["status"] == "ok"


def states(client: Client) -> dict[str, str]:
    found = client.get("/health/").json()
    return {name: found[name]["state"] for name in ("worker", "files")}


@pytest.mark.usefixtures("committed_db")
def test_no_worker_of_files_is_asked_for_without_shelves(client: Client) -> None:
    assert "files" not in client.get("/health/").json()
