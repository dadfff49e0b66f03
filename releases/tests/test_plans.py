"""Queries of releases' pages at 10,000 releases with 20 steps each: few, and each by an index."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from bench import release_rows
from bench.guards import unguarded
from kit.clock import now
from labels.choices import Role
from labels.models import Membership
from labels.tests.builders import make_label, make_member
from releases.models import Release
from releases.tests.builders import act, plan
from trackflow.testing.databases import TestDatabases, code_key
from trackflow.testing.plan_database import kept_database
from trackflow.testing.query_plans import explain

MOST_QUERIES, MOST_OF_INSIGHTS = 10, 12


@pytest.fixture(scope="module", autouse=True)
def full_label(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A label with that many releases, kept between runs; written past the guards, which stand again after."""
    today = now().date()

    def fill() -> None:
        label = make_label("Harbour")
        manager = make_member(label, Role.MANAGER)
        with test_databases.raw(test_databases.owner) as owner:
            with unguarded(owner, release_rows.GUARDED):
                release_rows.write(label, manager, today)
            owner.execute("VACUUM (ANALYZE)")

    made = repr((code_key(), Path(release_rows.__file__).read_text(), today))
    key = hashlib.sha256(made.encode()).hexdigest()[:12]
    with django_db_blocker.unblock(), kept_database(test_databases, f"releases_{key}", fill):
        yield


@pytest.fixture(autouse=True)
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def manager(full_label: None) -> Membership:
    return Membership.objects.select_related("user", "label").get(label__slug="harbour", role=Role.MANAGER)


@pytest.fixture
def client(manager: Membership) -> Client:
    client = Client()
    client.force_login(manager.user)
    return client


PLACES = (
    "",
    "?state=released",
    "?state=any",
    "?risk=risk",
    "?risk=late",
    "?risk=overdue",
    "?q=release+12",
    "?area=promo",
    "?kind=ep&since=2026-01-01&until=2027-12-31",
    "?q=state:any+out:2026",
    "?q=state:released+on-time:no",
    "?q=state:any+done:last-month+craft:promo",
    "?q=-kind:single+artist:42+due:..friday",
    "board/",
    "month/",
    "next/",
    "templates/",
)


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_a_large_label_are_read_by_index(place: str, client: Client) -> None:
    assert_cheap(client, f"/desk/harbour/releases/{place}")


def test_next_page_is_read_by_index(client: Client) -> None:
    first = client.get("/desk/harbour/releases/?state=any")
    assert_cheap(client, f"/desk/harbour/releases/{first.context['page'].next_url}")


def test_my_steps_are_read_by_index(client: Client) -> None:
    assert_cheap(client, "/steps/")


def test_page_of_one_release_is_read_by_index(client: Client, manager: Membership) -> None:
    release = plan(manager.label, manager=manager.user)
    act(release, "set_tracks", manager=manager.user)
    act(release, "add_steps", manager=manager.user)
    day = Release.objects.exclude(release_on=None).latest("release_on").release_on
    act(release, "schedule", manager=manager.user, release_on=day)
    assert_cheap(client, f"/desk/harbour/releases/{release.reference}/")


def assert_cheap(client: Client, url: str) -> None:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    statements = [query["sql"] for query in found.captured_queries]
    assert len(statements) <= MOST_QUERIES, statements
    assert [fault for each in explain(statements) for fault in each.faults()] == []


def test_insights_of_a_large_label_are_read_by_index(client: Client) -> None:
    for span in ("12-weeks", "last-quarter"):
        with CaptureQueriesContext(connection) as found:
            assert "Days per area" in client.get(f"/desk/harbour/insights/?span={span}").content.decode()
        statements = [query["sql"] for query in found.captured_queries]
        assert len(statements) <= MOST_OF_INSIGHTS, statements
        assert [fault for each in explain(statements) for fault in each.faults()] == []
