"""The directory in the orders that go by response records."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit import pages
from labels import status
from labels.directory import queries
from labels.models import Label
from labels.tests.builders import make_label, make_record

pytestmark = pytest.mark.django_db

URL = "/labels/"
SORTS = ["promise", "speed"]
INDEXES = {"promise": "record_by_promise", "speed": "record_by_speed"}


def known(name: str, share: int, hours: int | None, sample: int = 20, **fields: Any) -> Label:
    """Return a label that kept its promise in so many percent of its demos, half within so many hours."""
    kept = sample * share // 100
    times = {"median_hours": hours, "p90_hours": hours}
    label = make_label(name, **fields)
    make_record(label, sample=sample, answered=kept, in_time=kept, in_time_share=share, **times)
    return label


def names(client: Client, **query: str) -> list[str]:
    return [card.label.name for card in client.get(URL, query).context["cards"]]


def test_labels_that_keep_their_promise_come_first_and_too_few_last(client: Client) -> None:
    make_label("New")
    known("Half", 50, 24)
    known("Never", 0, None)
    known("Always", 100, 90)
    assert names(client, sort="promise") == ["Always", "Half", "Never", "New"]


def test_of_equals_who_kept_it_more_often_comes_first(client: Client) -> None:
    known("Seldom", 100, 24, sample=10)
    known("Often", 100, 24, sample=90)
    assert names(client, sort="promise") == ["Often", "Seldom"]


def test_labels_that_answer_fastest_come_first_and_too_few_last(client: Client) -> None:
    make_label("New")
    known("Silent", 10, None)
    known("Slow", 100, 300)
    known("Fast", 50, 20)
    assert names(client, sort="speed")[:2] == ["Fast", "Slow"]
    assert set(names(client, sort="speed")[2:]) == {"New", "Silent"}


@pytest.mark.parametrize("sort", SORTS)
def test_orders_by_record_go_with_every_filter(client: Client, sort: str) -> None:
    known("Low Tide", 50, 90, genres=["house-acid"])
    known("High Tide", 90, 20, genres=["house"])
    known("Tideless", 95, 10, genres=["amapiano"])
    known("Quay", 99, 5, genres=["house"])
    assert names(client, sort=sort, name="tide", genre="house") == ["High Tide", "Low Tide"]
    assert names(client, sort=sort, genre="house") == ["Quay", "High Tide", "Low Tide"]
    assert names(client, sort=sort, name="tide") == ["Tideless", "High Tide", "Low Tide"]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_by_record_go_on_and_back_and_cover_every_label_once(client: Client, sort: str) -> None:
    for number in range(20):
        known(f"Known {number:02}", share=number // 3 * 10, hours=number // 3)
    for number in range(10):
        make_label(f"New {number:02}")
    first = client.get(URL, {"sort": sort})
    second = client.get(URL + first.context["page"].next_url)
    back = client.get(URL + second.context["page"].previous_url)
    seen = [card.label.name for page in (first, second) for card in page.context["cards"]]
    assert len(set(seen)) == len(seen) == 30
    assert all(name.startswith("New") for name in seen[20:])
    assert [card.label.name for card in back.context["cards"]] == seen[:24]
    assert f"sort={sort}" in second.context["page"].previous_url


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("way", ["after", "before"])
def test_each_order_by_record_has_its_index_both_ways(sort: str, way: str) -> None:
    known("Harbour", 50, 24)
    order, rows = queries.ORDERS[sort], queries.with_ranks(Label.objects.listed())
    at = pages.cursor(rows.get(), order)
    seen = CaptureQueriesContext(connection)
    with connection.cursor() as raw:
        for each in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            raw.execute(f"SET LOCAL enable_{each} = off")
    with seen:
        pages.page(rows, QueryDict(f"{way}={at}"), order=order)
    with connection.cursor() as raw:
        raw.execute(f"EXPLAIN {seen.captured_queries[0]['sql']}")
        plan = "\n".join(row for (row,) in raw.fetchall())
    assert INDEXES[sort] in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("sort", SORTS)
def test_directory_by_record_asks_one_query(
    client: Client, count: int, sort: str, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        known(f"Label {number}", 50, 24, genres=["house", "house-acid"])
    client.get(URL)  # the filter's genres are kept for a minute
    with django_assert_num_queries(1):
        client.get(URL, {"sort": sort})


def test_card_says_how_the_label_answers(client: Client) -> None:
    known("Harbour", 50, 24)
    page = client.get(URL).content.decode()
    assert "10 of 20 answered in time, half of answers within 24 hours" in page
    assert '<progress class="meter" value="10" max="20"' in page


def test_label_verified_a_moment_ago_stands_in_every_order(client: Client) -> None:
    status.verify(make_label("New", status="unverified"))
    for sort in queries.ORDERS:
        assert names(client, sort=sort) == ["New"]
