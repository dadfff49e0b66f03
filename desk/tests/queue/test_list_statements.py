"""A list's compiled statements find what its query finds, for whoever asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import User
from desk.queue import listing as queue_listing
from desk.queue.list_statements import list_page, submission_of
from desk.queue.listing import Listing
from desk.queue.row import rows_of
from desk.search.parser import parse
from desk.search.request import read_search
from kit import pages
from kit.clock import at, now
from labels.access import desk_of
from labels.tests.builders import make_label
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db
FIXED = (
    *(
        "",
        "ball:any",
        "ball:them",
        "ball:nobody",
        "is:new",
        "is:new,shortlisted",
        "-is:passed",
        "ball:any sort:due",
    ),
    *(
        "assignee:me",
        "ball:any key:8A",
        "ball:any -key:8A",
        "ball:any mixes:8A",
        "ball:any ai:no",
        "ball:any wav:no",
    ),
    *("ball:any country:DE", "sort:slowest ball:any", "ball:releases", "night", "ball:any night sort:newest"),
)
ANEW = (
    *(
        "older:1d",
        "ball:any newer:1w",
        "overdue",
        "due:today",
        "score:none",
        "sort:score ball:any",
        "tag:none",
    ),
    *(
        "assignee:none",
        "opener:me",
        "ball:any artist:mara",
        "ball:any -night",
        "genre:techno",
        "intake:demos",
    ),
)


@pytest.fixture(scope="module")
def cast(module_db: str) -> Cast:
    """With some demos in several states, sent at different times; no test changes them."""
    cast = Cast()
    for days, state in enumerate(
        ("submitted", "in_review", "shortlisted", "accepted", "rejected", "released")
    ):
        with at(now() - timedelta(days=10 - days)):
            demo = cast.demo(state, title=f"Night Bus {days}", tempo=120 + days)
        Submission.objects.filter(pk=demo.pk).update(
            team_assignee=cast.reviewer if days % 2 else cast.manager
        )
    return cast


def data_of(text: str, **more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"q": text, **more})
    return data


def references(found: Any) -> list[str]:
    return [submission_of(each).reference for each in found]


@pytest.mark.parametrize("text", FIXED)
@pytest.mark.parametrize("who", ["manager", "reviewer", "insider"])
def test_compiled_pages_are_those_of_the_query(cast: Cast, text: str, who: str) -> None:
    user: User = getattr(cast, who)
    desk, search = desk_of(user, "harbour"), read_search(data_of(text))
    listing, rows = Listing(user, desk, search), Listing(user, desk, search).rows
    data, label = data_of(text), desk.label
    for _ in range(3):  # on through the pages, two rows each, and back
        page = list_page(user, label, search.query, data, size=2)
        plain = pages.page(rows, data, order=listing.order, size=2)
        assert page is not None
        assert references(page) == references(plain)
        assert (page.next_url, page.previous_url) == (plain.next_url, plain.previous_url)
        data = QueryDict((page.next_url or page.previous_url).removeprefix("?"))


@pytest.mark.parametrize("text", FIXED)
def test_both_sides_of_a_demo_are_those_of_the_query(cast: Cast, text: str) -> None:
    desk, search = desk_of(cast.manager, "harbour"), read_search(data_of(text))
    listing = Listing(cast.manager, desk, search)
    found = list(listing.rows.order_by(*listing.order))
    for number, demo in enumerate(found):
        before, after = listing.around(demo, 2, 2)
        assert references(before) == references(found[max(number - 2, 0) : number])
        assert references(after) == references(found[number + 1 : number + 3])
        seen = queue_listing.neighbours_of(listing, demo)
        assert [each and each.reference for each in (seen.previous, seen.next)] == [
            found[number - 1].reference if number else None,
            found[number + 1].reference if number + 1 < len(found) else None,
        ]


@pytest.mark.parametrize("text", [*FIXED, *ANEW])
@pytest.mark.parametrize("who", ["manager", "reviewer"])
def test_a_row_is_the_list_s_own_and_says_whether_the_query_finds_it(cast: Cast, text: str, who: str) -> None:
    user: User = getattr(cast, who)
    desk = desk_of(user, "harbour")
    listing, every = (Listing(user, desk, read_search(data_of(each))) for each in (text, "ball:any"))
    found = set(listing.rows.values_list("reference", flat=True))
    shown = [submission_of(each) for each in every.page(data_of("ball:any")).items]
    assert len(shown) == 6
    rows = [listing.row_of(each.reference) for each in shown]
    assert [each and each.fits for each in rows] == [each.reference in found for each in shown]  # type: ignore[attr-defined]  # an annotation
    assert rows_of([each for each in rows if each], desk) == rows_of(shown, desk)


def test_a_row_of_another_desk_is_none(cast: Cast) -> None:
    elsewhere = make_submission("submitted", label=make_label("Elsewhere"))
    listing = Listing(cast.manager, desk_of(cast.manager, "harbour"), read_search(data_of("ball:any")))
    assert listing.row_of(elsewhere.reference) is None


@pytest.mark.parametrize("text", ANEW)
def test_what_depends_on_the_moment_or_the_label_is_built_anew(cast: Cast, text: str) -> None:
    assert list_page(cast.manager, cast.label, parse(text), data_of(text), size=50) is None


def test_rows_have_all_that_a_row_shows(cast: Cast, django_assert_num_queries: Any) -> None:
    desk = desk_of(cast.manager, "harbour")
    listing = Listing(cast.manager, desk, read_search(data_of("ball:any")))
    page = listing.page(data_of("ball:any"))
    submissions = [submission_of(each) for each in page.items]
    rows_of(submissions, desk)
    with django_assert_num_queries(0):
        assert [each.etag for each in rows_of(submissions, desk)]
