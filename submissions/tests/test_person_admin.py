"""A person's page in the office: the labels they work for and what they sent."""

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.tests.builders import make_track
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of


def page_of(person: object) -> str:
    return reverse("admin:accounts_user_change", args=[getattr(person, "pk", 0)])


def test_page_shows_teams_and_submissions(cast: Cast) -> None:
    office: Client = client_of(cast.admin)
    page = office.get(page_of(cast.manager)).content.decode()
    assert reverse("admin:labels_label_change", args=[cast.label.pk]) in page
    assert ">Harbour</a>: manager (verified)" in page
    assert "nothing sent" in page
    demo = cast.demo("in_review")
    page = office.get(page_of(cast.producer)).content.decode()
    assert reverse("admin:submissions_submission_change", args=[demo.pk]) in page
    assert "at Harbour: In review" in page
    assert "no label" in page


def test_page_asks_a_constant_number_of_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = client_of(cast.admin)
    cast.demo()
    office.get(page_of(cast.producer))
    with django_assert_num_queries(QUERIES):
        office.get(page_of(cast.producer))
    for number in range(4):
        make_submission(label=cast.label, track=make_track(cast.producer, title=f"Track {number}"))
    with django_assert_num_queries(QUERIES):
        office.get(page_of(cast.producer))


QUERIES = 9
