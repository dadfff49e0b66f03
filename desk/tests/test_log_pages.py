"""The team's log as its members read it, and who does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from activity import log
from activity.models import Activity
from kit.clock import at, now
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

PEOPLE = {
    "owner": 200,
    "viewer": 200,
    "insider": 404,
    "rival": 404,
    "producer": 404,
    "stranger": 404,
    "anonymous": 302,
}


def tagged(cast: Cast, submission: Submission, *tags: str) -> None:
    for tag in tags:
        log.write(Activity.Kind.TAGGED, label=cast.label, submission=submission, actor=cast.reviewer, tag=tag)


def log_of(cast: Cast, user: User | None, query: str = "") -> Any:
    return client_of(user).get(reverse("desk:log", args=[cast.label.slug]) + query)


@pytest.mark.parametrize("who", PEOPLE)
def test_log_is_the_teams_alone(cast: Cast, who: str) -> None:
    if who == "insider":
        cast.producer = cast.insider
    demo = cast.demo()
    user = getattr(cast, who, None)
    assert client_of(user).get(url("submission-log", demo)).status_code == PEOPLE[who]
    assert log_of(cast, user).status_code == (200 if who == "insider" else PEOPLE[who])


def test_label_log_names_who_did_what_to_which_demo(cast: Cast) -> None:
    demo = cast.demo(title="Night Drive")
    tagged(cast, demo, "Summer")
    log.write(Activity.Kind.ORDERED, label=cast.label, actor=cast.manager, act="tag", bulk="BU-0000-0001")
    page = log_of(cast, cast.viewer).content.decode()
    assert "<bdi>Rita</bdi></strong> <bdi>tagged it “Summer”</bdi>" in page
    assert "started BU-0000-0001: Tag" in page
    assert f'href="{url("submission", demo)}"' in page
    assert page.index("started BU") < page.index("Summer")


def test_member_who_made_the_demo_reads_nothing_about_it(cast: Cast) -> None:
    cast.producer = cast.insider
    tagged(cast, cast.demo(), "Secret tag")
    log.write(Activity.Kind.CRITERION_ADDED, label=cast.label, actor=cast.owner, criterion="Mix")
    page = log_of(cast, cast.insider).content.decode()
    assert "Secret tag" not in page
    assert "added the criterion Mix" in page


def test_log_of_another_label_stays_there(cast: Cast) -> None:
    tagged(cast, cast.demo(), "Ours")
    theirs = reverse("desk:log", args=[cast.rival.memberships.get().label.slug])
    assert "Ours" not in client_of(cast.rival).get(theirs).content.decode()


def test_log_leads_on_page_by_page(cast: Cast) -> None:
    tagged(cast, cast.demo(), *(f"No {number}." for number in range(51)))
    first = log_of(cast, cast.viewer)
    assert len(first.context["lines"]) == 50
    assert "No 0." not in first.content.decode()
    second = log_of(cast, cast.viewer, first.context["page"].next_url)
    assert "No 0." in second.content.decode()
    assert log_of(cast, cast.viewer, "?after=damaged").status_code == 400


def test_submissions_page_shows_the_newest_of_the_log(cast: Cast) -> None:
    demo = cast.demo()
    tagged(cast, demo, *(f"No {number}." for number in range(21)))
    page = client_of(cast.viewer).get(url("submission", demo)).content.decode()
    assert page.count("tagged it") == 20
    assert "No 20." in page
    assert "No 0." not in page
    assert f'href="{url("submission-log", demo)}">Full log</a>' in page
    assert "No 0." in client_of(cast.viewer).get(url("submission-log", demo)).content.decode()


def test_words_in_the_log_stay_text(cast: Cast) -> None:
    tagged(cast, cast.demo(), "<script>alert(1)</script>")
    assert "<script>alert" not in log_of(cast, cast.viewer).content.decode()


def test_queries_stay_the_same_for_more_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = client_of(cast.viewer), reverse("desk:log", args=[cast.label.slug])
    for count in (1, 4):
        for _ in range(count):
            log.write(
                Activity.Kind.ASSIGNED,
                label=cast.label,
                submission=cast.demo(),
                actor=cast.owner,
                to=cast.manager,
            )
        with django_assert_num_queries(5):  # session with user, desks, rows, people, unread
            client.get(address)


def test_log_is_in_order_of_time_whatever_was_written_first(cast: Cast) -> None:
    demo = cast.demo()
    for days, tag in ((1, "Second"), (3, "First"), (0, "Third")):
        with at(now() - timedelta(days=days)):
            tagged(cast, demo, tag)
    for page in (
        log_of(cast, cast.viewer),
        client_of(cast.viewer).get(url("submission-log", demo)),
        client_of(cast.viewer).get(url("submission", demo)),
    ):
        text = page.content.decode()
        assert (
            text.index("tagged it “Third”")
            < text.index("tagged it “Second”")
            < text.index("tagged it “First”")
        )
