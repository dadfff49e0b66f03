"""Metrics: closed without a token, right over several processes, and readable by Prometheus."""

import re
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from kit import jobs
from kit.models import Tally
from trackflow.tallies import Counter, count_request
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import wait_for, web, worker

TOKEN = "for-prometheus"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
Samples = dict[tuple[str, ...], float]


def samples_of(text: str) -> Samples:
    """Return each number by its name and its labels' values, as Prometheus' own parser reads them."""
    families = text_string_to_metric_families(text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


@pytest.fixture
def open_metrics(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def read(client: Client) -> Samples:
    response = client.get("/metrics", headers=BEARER | {"Host": "10.0.0.7:9"})
    assert response.status_code == 200
    return samples_of(response.content.decode())


@pytest.mark.django_db
def test_metrics_are_closed_by_default(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("open_metrics")
def test_stranger_without_the_token_gets_404(client: Client) -> None:
    for given in ("", "Bearer", "Bearer for-prometheu", "Basic x", "Bearer für"):
        assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("open_metrics")
def test_prometheus_reads_gauges_of_jobs_mails_and_promises(client: Client) -> None:
    jobs.defer(["accounts.send_mail"], to="x")
    found = read(client)
    assert found[("trackflow_jobs_waiting",)] == 1
    assert found[("trackflow_mails_unsent",)] == 1
    assert found[("trackflow_jobs_failed",)] == found[("trackflow_promises_overdue",)] == 0
    assert 0 <= found[("trackflow_jobs_oldest_seconds",)] < 60


@pytest.mark.django_db
@pytest.mark.usefixtures("open_metrics")
def test_scrape_asks_seven_times_however_much_there_is(client: Client) -> None:
    read(client)
    for number in range(20):
        jobs.defer([f"kit.task_{number}"])
    with CaptureQueriesContext(connection) as queries:
        read(client)
    assert len(queries) == 6


@pytest.mark.django_db
@pytest.mark.usefixtures("open_metrics")
def test_two_processes_add_up() -> None:
    for counter in (Counter(), Counter()):
        counter._begun = True  # no thread of its own
        counter.add(("request", "desk/", "GET", "200"), 0.02)
        counter.add(("request", "desk/", "GET", "200"), 99)
        counter.write()
        counter.write()
    row = Tally.objects.get()
    assert (sum(row.buckets), row.buckets[1], row.buckets[-1]) == (4, 2, 2)
    assert row.seconds == pytest.approx(198.04)


def test_nothing_is_counted_without_a_token(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    counter = Counter()
    counter.add(("request", "desk/", "GET", "200"), 1)
    assert counter._counted == {}
    assert not counter._begun


def test_methods_that_strangers_invent_make_no_series(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setattr("trackflow.tallies.counter.add", lambda series, _: seen.append(series))
    count_request("BREW", "", 405, 0.1)
    assert seen == [("request", "none", "other", "405")]


def test_requests_and_jobs_of_all_processes_are_counted(
    committed_db: str, test_databases: TestDatabases
) -> None:
    around: Any = {"METRICS_TOKEN": TOKEN, "ALLOWED_HOSTS": "127.0.0.1"}
    url = test_databases.runtime
    with web(url, committed_db, **around) as address, worker(url, committed_db, **around):
        for _ in range(12):
            urlopen(f"{address}/labels/", timeout=30).close()
        jobs.defer(["accounts.delete_sessions"])
        wait_for(
            lambda: Tally.objects.filter(name="accounts.delete_sessions").exists(), "the job to be counted"
        )
        count = Tally.objects.filter(name="labels/", outcome="200")
        wait_for(lambda: sum(sum(row.buckets) for row in count) == 12, "twelve requests to be counted")
        with urlopen(Request(f"{address}/metrics", headers=BEARER), timeout=30) as answer:
            text = answer.read().decode()
    found = samples_of(text)
    assert found[("trackflow_request_seconds_count", "labels/", "GET", "200")] == 12
    assert found[("trackflow_request_seconds_bucket", "labels/", "GET", "200", "+Inf")] == 12
    assert found[("trackflow_job_seconds_count", "accounts.delete_sessions", "succeeded")] >= 1
    assert not re.search("@|TF-", text)
