"""Keyset pages, on tracks: here since `kit` has no rows."""

import base64
import contextlib
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_track
from kit.pages import Page, page

pytestmark = pytest.mark.django_db
NEWEST = ("-created_at", "-id")
ORDERS = [NEWEST, ("created_at", "id"), ("tempo", "id"), ("-title", "-id"), ("id",), ("title", "tempo", "id")]
START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def tracks(maya: User) -> list[Track]:
    """Eleven tracks, of which many are as old, as fast and called as others."""
    return [
        make_track(
            maya,
            title=["Night – “Drive” & ä?", "Dusk/100%", "Zoë"][number % 3],
            tempo=Decimal(["120.00", "122.50"][number % 2]),
            created_at=START + timedelta(seconds=number // 4),
        )
        for number in range(11)
    ]


def turn(url: str, order: tuple[str, ...] = NEWEST, size: int = 4) -> Page[Track]:
    return page(Track.objects.all(), QueryDict(url.removeprefix("?")), order=order, size=size)


def ids(found: Page[Track]) -> list[int]:
    return [track.pk for track in found]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("size", [1, 3, 4, 10, 11, 12])
def test_walking_there_and_back_shows_every_row_once(
    size: int, order: tuple[str, ...], tracks: list[Track]
) -> None:
    expected = list(Track.objects.order_by(*order).values_list("pk", flat=True))
    forward = [turn("", order, size)]
    while forward[-1].next_url:
        forward.append(turn(forward[-1].next_url, order, size))
    assert [pk for found in forward for pk in ids(found)] == expected
    back = [forward[-1]]
    while back[-1].previous_url:
        back.append(turn(back[-1].previous_url, order, size))
    assert [ids(found) for found in reversed(back)] == [ids(found) for found in forward]
    assert all(len(found) == size for found in forward[:-1])


def test_one_page_has_no_neighbours(tracks: list[Track]) -> None:
    found = turn("", size=11)
    assert (len(found), found.next_url, found.previous_url) == (11, "", "")


def test_nothing_is_a_page_too() -> None:
    found = turn("")
    assert (found.items, found.next_url, found.previous_url) == ([], "", "")


def test_links_keep_what_else_was_asked(tracks: list[Track]) -> None:
    found = turn("state=new&genre=a&genre=b")
    query = QueryDict(found.next_url.removeprefix("?"))
    assert (query["state"], query.getlist("genre")) == ("new", ["a", "b"])
    second = QueryDict(turn(found.next_url).previous_url.removeprefix("?"))
    assert ("before" in second, "after" in second, second["state"]) == (True, False, "new")


def test_rows_that_move_are_neither_skipped_nor_shown_twice(tracks: list[Track]) -> None:
    first = turn("")
    make_track(tracks[0].owner, created_at=START + timedelta(days=1))
    Track.objects.filter(pk=ids(first)[-1]).delete()
    second = turn(first.next_url)
    assert ids(second) == ids_sorted(tracks)[4:8]
    assert ids(turn(second.previous_url)) == ids_sorted(Track.objects.all())[:4]


def ids_sorted(tracks: Any) -> list[int]:
    return [
        track.pk for track in sorted(tracks, key=lambda track: (track.created_at, track.pk), reverse=True)
    ]


def test_depth_costs_one_query(tracks: list[Track], django_assert_num_queries: Any) -> None:
    url = turn(turn("").next_url).next_url
    with django_assert_num_queries(1):
        turn(url)


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


DAMAGED = [
    "x",
    "!!!",
    "é",
    "A" * 5000,
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    cursor(),
    cursor("2026-03-01T12:00:00Z"),
    cursor("2026-03-01T12:00:00Z", 1, 1),
    cursor("yesterday", 1),
    cursor("2026-03-01T12:00:00Z", "x"),
    cursor(None, 1),
    cursor("2026-03-01T12:00:00Z", None),
    cursor("2026-03-01T12:00:00Z", True),
    cursor("2026-03-01T12:00:00Z", [1]),
    cursor({"a": 1}, 1),
    cursor(7, 1),
    base64.urlsafe_b64encode(b"7").decode(),
    base64.urlsafe_b64encode(b'{"a": 1}').decode(),
]


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("damaged", DAMAGED)
def test_damaged_link_is_a_bad_request(damaged: str, way: str, tracks: list[Track]) -> None:
    query = QueryDict(mutable=True)
    query[way] = damaged
    with pytest.raises(BadRequest, match="This page link is damaged"):
        page(Track.objects.all(), query, order=NEWEST)


JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
TYPED = st.sampled_from(
    ["NaN", "Infinity", "1e9999", "-1", "\0", "\ud800", "9" * 400, "2026-02-30", "0001-01-01T00:00:00Z"]
)
TYPED |= st.sampled_from(["2026-03-01", "2026-03-01T12:00:00", "9999-12-31T23:59:59-14:00", "+inf", "１２０"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(ORDERS),
    st.lists(JSON | TYPED, min_size=1, max_size=3),
    st.sampled_from(["after", "before"]),
)
def test_forged_link_is_a_page_or_a_bad_request(order: tuple[str, ...], values: list[Any], way: str) -> None:
    query = QueryDict(mutable=True)
    query[way] = cursor(*values)
    with contextlib.suppress(BadRequest):
        page(Track.objects.all(), query, order=order)
