"""The directory: who stands in it, how it is searched, what a card says, what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Picture
from kit import clock, pages
from kit.clock import now
from labels.choices import Status
from labels.directory import queries
from labels.models import Label
from labels.tests.builders import make_intake, make_label, make_user

pytestmark = pytest.mark.django_db

URL = "/labels/"


def names(client: Client, **query: str) -> list[str]:
    return [card.label.name for card in client.get(URL, query).context["cards"]]


def test_anyone_sees_verified_labels_by_name(client: Client) -> None:
    for status in Status:
        make_label(f"{status.label} two", status=status)
    make_label("Another")
    assert names(client) == ["Another", "Verified two"]


def test_name_is_searched_anywhere_in_any_case(client: Client) -> None:
    for name in ("Low Tide", "High Tide", "100% Tidy_", "Harbour"):
        make_label(name)
    assert names(client, name="tide") == ["High Tide", "Low Tide"]
    assert names(client, name="%") == ["100% Tidy_"]
    assert names(client, name="nobody") == []


def test_genre_finds_its_parts_too(client: Client) -> None:
    make_label("Wide", genres=["house", "techno-raw-deep-hypnotic"])
    make_label("Narrow", genres=["house-acid", "house-soulful"])
    make_label("Other", genres=["amapiano"])
    make_label("Open")
    assert names(client, genre="house") == ["Narrow", "Wide"]


@pytest.mark.parametrize(
    "query",
    [
        {"name": "a\x00b"},
        {"name": "x" * 10_000},
        {"genre": "polka"},
        {"genre": "\x00"},
        {"sort": "<script>alert(1)</script>"},
    ],
)
def test_bad_filter_is_said_at_its_field(client: Client, query: dict[str, str]) -> None:
    response = client.get(URL, query)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(query)
    assert b"No labels found" in response.content


def test_damaged_page_link_is_400(client: Client) -> None:
    assert client.get(URL, {"after": "xyz"}).status_code == 400


def test_pages_keep_their_filter_and_cover_every_label_once(client: Client) -> None:
    for number in range(30):
        make_label(f"Label {number:02}")
    first = client.get(URL, {"name": "label"})
    second = client.get(URL + first.context["page"].next_url)
    seen = [card.label.name for page in (first, second) for card in page.context["cards"]]
    assert seen == [f"Label {number:02}" for number in range(30)]
    assert "name=label" in second.context["page"].previous_url


def test_newest_labels_come_first_when_asked(client: Client) -> None:
    for number, name in enumerate(["Low Tide", "Harbour", "Quay"]):
        make_label(name, created_at=now() - timedelta(days=number))
    assert names(client) == ["Harbour", "Low Tide", "Quay"]
    assert names(client, sort="newest") == ["Low Tide", "Harbour", "Quay"]
    assert names(client, sort="newest", name="a") == ["Harbour", "Quay"]


def test_pages_of_the_newest_go_on_and_back_and_cover_every_label_once(client: Client) -> None:
    moment = now()
    for number in range(30):
        make_label(f"Label {number:02}", created_at=moment - timedelta(days=number // 3))
    first = client.get(URL, {"sort": "newest"})
    second = client.get(URL + first.context["page"].next_url)
    back = client.get(URL + second.context["page"].previous_url)
    seen = [card.label.pk for page in (first, second) for card in page.context["cards"]]
    assert seen == [*Label.objects.order_by("-created_at", "-id").values_list("pk", flat=True)]
    assert [card.label.pk for card in back.context["cards"]] == seen[:24]


@pytest.mark.parametrize("order", [queries.BY_NAME, queries.NEWEST_FIRST])
@pytest.mark.parametrize("way", ["after", "before"])
def test_each_order_has_its_index_both_ways(order: tuple[str, ...], way: str) -> None:
    label = make_label()
    cursor = pages.cursor(label, order)
    seen = CaptureQueriesContext(connection)
    with connection.cursor() as raw:
        raw.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
        )
    with seen:
        pages.page(Label.objects.listed(), QueryDict(f"{way}={cursor}"), order=order)
    with connection.cursor() as raw:
        raw.execute(f"EXPLAIN {seen.captured_queries[0]['sql']}")
        plan = "\n".join(row for (row,) in raw.fetchall())
    assert ("label_directory" if order == queries.BY_NAME else "label_newest") in plan
    assert "Sort" not in plan


def test_card_says_what_is_wanted_whether_open_and_the_promise(client: Client) -> None:
    label = make_label(about="Slow house for long nights.", genres=["deep-house"])
    label.intakes.update(promise_days=10)
    page = client.get(URL).content.decode()
    for words in ("Slow house for long nights.", "Deep House", "Open", "Answers within 10 days"):
        assert words in page
    label.intakes.update(is_paused=True)
    page = client.get(URL).content.decode()
    assert "Closed" in page
    assert "Closed for now." in page


def test_card_speaks_for_an_open_call_and_never_for_one_with_a_code(client: Client) -> None:
    label = make_label()
    label.intakes.update(is_paused=True)
    make_intake(label, call_name="Secret", access_code="tide", promise_days=3)
    assert client.get(URL).context["cards"][0].open_count == 0
    make_intake(label, call_name="Over", closes_at=now() - timedelta(days=1), promise_days=4)
    assert client.get(URL).context["cards"][0].open_count == 0
    make_intake(label, call_name="Autumn", promise_days=5)
    (card,) = client.get(URL).context["cards"]
    assert (card.open_count, card.intake_card.promise) == (1, "Answers within 5 days")
    assert b"Secret" not in client.get(URL).content


def test_track_travels_along(client: Client) -> None:
    make_label()
    assert b"/labels/harbour/?track=TR-4K7Q-9XMD" in client.get(URL, {"track": "tr4k7q9xmd"}).content
    assert b"?track" not in client.get(URL, {"track": "<script>"}).content


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("sort", ["", "newest"])
def test_directory_asks_one_query(
    client: Client, count: int, sort: str, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        logo = Picture.objects.create(data=b"RIFF")
        make_label(f"Label {number}", genres=["house", "house-acid"], logo=logo)
    client.get(URL)  # the filter's genres are kept for a minute
    with django_assert_num_queries(1):
        client.get(URL, {"sort": sort})


@pytest.mark.parametrize("count", [1, 5])
def test_search_asks_three_queries(client: Client, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        make_label(f"Label {number}", genres=["house", "house-acid"])
    client.get(URL)  # as above
    with django_assert_num_queries(3):  # labels, genres, intakes
        client.get(URL, {"name": "label", "genre": "house"})


def test_intake_opens_and_closes_on_a_page_that_was_drawn_before(client: Client) -> None:
    opens, closes = now() + timedelta(minutes=10), now() + timedelta(minutes=20)
    make_label().intakes.update(opens_at=opens, closes_at=closes)
    seen = []
    for moment in (now(), opens, closes - timedelta(seconds=1), closes, now()):
        with clock.at(moment):
            seen.append("Open</span>" in client.get(URL).content.decode())
    assert seen == [False, True, True, False, False]


def test_change_is_seen_on_a_page_that_was_drawn_before(client: Client) -> None:
    label = make_label("Harbour")
    client.get(URL)
    Label.objects.filter(pk=label.pk).update(about="Only dub from now on.")
    assert b"Only dub from now on." in client.get(URL).content


def test_signed_in_reader_finds_the_way_to_set_up_a_label(client: Client) -> None:
    client.force_login(make_user())
    assert b"/labels/new/" in client.get(URL).content
