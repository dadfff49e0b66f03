"""What a row of the queue says, and how little it weighs."""

from datetime import timedelta

from django.urls import reverse

from kit.clock import at, now
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

MOST = 45_000
"""Bytes of a full page, of which people wait for each on a slow line."""


def page_of(cast: Cast, q: str = "") -> str:
    return client_of(cast.manager).get(reverse("desk:queue", args=["harbour"]), {"q": q}).text


def test_page_of_fifty_rows_weighs_at_most_45_kilobytes(cast: Cast) -> None:
    for number in range(50):
        cast.demo(title=f"Northern Motor Harmony {number}")
    page = page_of(cast)
    assert page.count('<li class="row ') == 50
    assert len(page.encode()) <= MOST


def test_reference_stands_in_a_row_four_times_and_its_addresses_once(cast: Cast) -> None:
    demo = cast.demo()
    [row] = [part.partition("</li>")[0] for part in page_of(cast).split('<li class="row ')[1:]]
    assert row.count(demo.reference) == 4, "its id, the checkbox and two links"
    assert row.count(f'href="/desk/harbour/{demo.reference}/?q="') == 1
    assert row.count(f'href="/desk/harbour/artists/{demo.reference}/"') == 1
    assert "<svg" not in row


def test_row_counts_an_artists_demos_from_two_on(cast: Cast) -> None:
    cast.demo()
    assert "data-count=" not in page_of(cast)
    cast.demo()
    assert page_of(cast).count('title="2 demos" data-count="2"') == 2


def test_row_says_the_day_an_answer_is_due_whether_it_is_late_or_not(cast: Cast) -> None:
    with at(now() - timedelta(days=60)):
        late = cast.demo("submitted", title="Late")
    demo = cast.demo("submitted", title="Young")
    due = {each.pk: each.due_at for each in Submission.objects.filter(pk__in=[late.pk, demo.pk])}
    page = page_of(cast)
    for moment in due.values():
        assert moment
        assert f'title="Due {moment:%A, %-d %B}"' in page
    assert "due--late" in page
