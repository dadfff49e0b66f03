"""Queries of the studio's pages for whoever has 10,000 of 100,000 projects: few, and each by an index."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import User
from bench import studio_rows
from bench.guards import unguarded
from catalog.tests.builders import make_producer
from studio.models import Pack, Project
from trackflow.testing.databases import TestDatabases, code_key
from trackflow.testing.plan_database import kept_database
from trackflow.testing.query_plans import LARGE, explain

MOST_QUERIES = 8


@pytest.fixture(scope="module", autouse=True)
def full_studio(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """One person's many projects, kept between runs; written past the guards, which stand again after."""

    def fill() -> None:
        people = [make_producer(f"{name}@example.com") for name in studio_rows.PEOPLE]
        with test_databases.raw(test_databases.owner) as owner:
            with unguarded(owner, studio_rows.GUARDED):
                studio_rows.write(people[0], people[1], people[2:])
            owner.execute("VACUUM (ANALYZE)")

    made = repr((code_key(), Path(studio_rows.__file__).read_text()))
    key = hashlib.sha256(made.encode()).hexdigest()[:12]
    with django_db_blocker.unblock(), kept_database(test_databases, f"studio_{key}", fill):
        yield


@pytest.fixture(autouse=True)
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_for(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@example.com"))
    return client


def assert_cheap(client: Client, path: str, most: int = MOST_QUERIES) -> None:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    statements = [query["sql"] for query in found.captured_queries]
    assert len(statements) <= most, statements
    plans = [plan for plan in explain(statements) if plan.touched > LARGE]  # one that stops early reads few
    assert [fault for plan in plans for fault in plan.faults()] == []


@pytest.mark.parametrize("who", ["owner", "friend", "ana"])
@pytest.mark.parametrize("page", ["next", "board", "list", "packs", "requests", "open", "bin"])
def test_pages_of_many_projects_are_read_by_index(page: str, who: str) -> None:
    assert_cheap(client_for(who), reverse(f"studio:{page}"))


@pytest.mark.parametrize("query", ["q=Artist+42", "state=finished", "sort=done"])
def test_table_is_searched_filtered_and_sorted_by_index(query: str) -> None:
    assert_cheap(client_for("owner"), f"{reverse('studio:list')}?{query}")


@pytest.mark.parametrize("page", ["project", "project-activity", "project-edit", "project-crew"])
def test_page_of_a_project_is_read_by_index(page: str) -> None:
    project = Project.objects.filter(pack=Pack.objects.earliest("pk")).earliest("pk")
    assert_cheap(client_for("owner"), reverse(f"studio:{page}", args=[project.code]))


@pytest.mark.parametrize("page", ["pack", "tracklist", "pack-activity", "pack-crew"])
def test_page_of_a_pack_is_read_by_index(page: str) -> None:
    series = Pack.objects.earliest("pk")
    assert_cheap(client_for("owner"), reverse(f"studio:{page}", args=[series.code]))
