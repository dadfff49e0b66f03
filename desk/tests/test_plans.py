"""What the desk's pages ask of the database when there is much in it: few queries, each by an index."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from bench.load import load
from bench.plan import Plan
from kit.clock import now
from labels.choices import Role
from labels.models import Membership
from submissions.models import Submission
from submissions.verify import faults
from trackflow.testing.databases import TestDatabases
from trackflow.testing.explaining import explain

BIG, ALL = 12_000, 15_000
MOST_QUERIES = 10


@pytest.fixture(scope="module", autouse=True)
def full_desk(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database of this module's own, with a desk that has seen much."""
    with django_db_blocker.unblock(), test_databases.clone():
        load(Plan(BIG, ALL, 20, now()))
        with test_databases.raw(test_databases.owner) as owner:
            owner.execute("VACUUM (ANALYZE)")
        yield


@pytest.fixture(scope="module")
def reviewer(full_desk: None) -> Membership:
    big = Submission.objects.order_by("pk").values_list("label", flat=True)[0]
    return Membership.objects.select_related("user", "label").filter(label=big, role=Role.REVIEWER)[0]


@pytest.fixture(scope="module")
def client(reviewer: Membership) -> Client:
    client = Client()
    client.force_login(reviewer.user)
    client.get(desk_url(reviewer))  # what is cached is cached
    return client


def desk_url(reviewer: Membership, query: str = "") -> str:
    return f"/desk/{reviewer.label.slug}/{query}"


def watched(client: Client, url: str) -> tuple[Any, list[str]]:
    """Return the answer and the statements it took."""
    with CaptureQueriesContext(connection) as context:
        answer = client.get(url)
        if answer.streaming:
            next(iter(answer.streaming_content))
    return answer, [query["sql"] for query in context.captured_queries]


def assert_cheap(client: Client, url: str, *, most: int = MOST_QUERIES) -> Any:
    answer, statements = watched(client, url)
    assert answer.status_code == 200, url
    assert len(statements) <= most, statements
    assert [fault for each in explain(statements) for fault in each.faults()] == []
    return answer


def test_loaded_histories_hold(reviewer: Membership) -> None:
    some = Submission.objects.order_by("?").values_list("reference", flat=True)[:300]
    assert list(faults(sorted(some))) == []


def test_first_page_is_read_by_index(client: Client, reviewer: Membership) -> None:
    assert_cheap(client, desk_url(reviewer))


def test_comparison_and_export_are_read_by_index(client: Client, reviewer: Membership) -> None:
    rows = Submission.objects.at_desk(reviewer.user, reviewer.label)
    picks = "&".join(f"pick={reference}" for reference in rows.values_list("reference", flat=True)[:4])
    assert_cheap(client, desk_url(reviewer, f"compare/?{picks}"))
    assert_cheap(client, desk_url(reviewer, "export.csv?q=ball:any&internal=on"))


def test_what_was_heard_before_is_found_by_its_own_indexes(client: Client, reviewer: Membership) -> None:
    rows = Submission.objects.at_desk(reviewer.user, reviewer.label)
    common = rows.exclude(team_link="").values("team_link").annotate(count=Count("pk")).filter(count__gt=1)
    link = common.values_list("team_link", flat=True)[0]
    last = rows.filter(team_link=link).latest("submitted_at", "pk")
    answer = assert_cheap(client, desk_url(reviewer, f"{last.reference}/"), most=20)
    assert "link" in answer.context["before"].rows[0].shares
