"""The page of a label's figures: who reads it, of which days, and what stands on it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer
from insights.tests.builders import send
from insights.tests.demos import demo, keep_up, passed
from insights.words import lasting
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user

QUERIES = 12
pytestmark = pytest.mark.usefixtures("today")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, **query: str) -> Any:
    return signed_in(user).get(reverse("insights:figures", args=["harbour"]), query)


def text(answer: Any) -> str:
    """Return what stands on the page, without its tags."""
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_every_member_reads_insights_and_strangers_find_nothing(label: Label, viewer: User) -> None:
    for role in Role:
        assert page(make_member(label, role)).status_code == 200
    for stranger in (make_user(), make_producer(), make_member(make_label("Rival"))):
        assert page(stranger).status_code == 404


def test_received_opened_answered_expired_per_week(label: Label, viewer: User) -> None:
    demo(label, "submitted", days_ago=3)
    passed(label, "genre", days_ago=10)
    demo(label, "in_review", days_ago=10)
    keep_up()
    found = text(page(viewer))
    assert "9 Nov 2026 2 2 1 0 16 Nov 2026 1 0 0 0" in found


def test_funnel_shows_each_state_by_its_badge_with_its_number(label: Label, viewer: User) -> None:
    demo(label, "shortlisted")
    demo(label, "in_review")
    keep_up()
    content = page(viewer).content.decode()
    assert content.count('<span class="badge state-') == 13
    assert "Shortlisted 1" in text(page(viewer))


def test_median_and_p90_of_times_are_said_in_words(label: Label, viewer: User) -> None:
    passed(label, "genre")
    keep_up()
    assert "Until opened an hour an hour Until answered 6 hours 6 hours" in text(page(viewer))


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (None, ""),
        (0, "an hour"),
        (1, "an hour"),
        (9.4, "9 hours"),
        (47, "47 hours"),
        (72, "3 days"),
        (84, "3.5 days"),
    ],
)
def test_times_read_like_speech(hours: float | None, said: str) -> None:
    assert lasting(hours) == said


def test_share_answered_within_the_promise_stands_large(label: Label, viewer: User) -> None:
    passed(label, "genre")
    keep_up()
    assert "Answered within the promise 100 % 1 of 1" in text(page(viewer))


def test_reasons_given_are_counted(label: Label, viewer: User) -> None:
    for reason in ("genre", "rights", "genre"):
        passed(label, reason)
    keep_up()
    assert "Not our genre 2 Rights unclear 1" in text(page(viewer))


def test_by_genre_tempo_country_call_reviewer(label: Label, viewer: User) -> None:
    demo(label, "in_review", tempo="126.50")
    keep_up()
    content = page(viewer).content.decode()
    assert re.findall(r'<details class="disclosure" id="by-(\w+)"', content) == [
        "genre",
        "bpm",
        "country",
        "intake",
        "opener",
    ]
    assert "125 to 129.99" in content


def test_each_number_links_to_the_submissions_behind_it(label: Label, viewer: User) -> None:
    demo(label, "in_review")
    keep_up()
    content = unescape(page(viewer).content.decode())
    numbers = re.findall(r'<a href="([^"]+)" data-number="(\d+)">', content)
    assert len(numbers) > 15
    assert all(address.startswith("/desk/harbour/?q=") for address, _ in numbers)
    assert re.findall(r'<span data-number="([1-9]\d*)"', content) == []


def test_days_are_chosen_by_a_press_or_typed(label: Label, viewer: User) -> None:
    demo(label, days_ago=200)
    keep_up()
    spans = {
        "4-weeks": "19 October 2026 to 21 November 2026",
        "12-weeks": "24 August 2026 to 21 November 2026",
        "year": "1 January 2026 to 21 November 2026",
        "everything": "5 May 2026 to 21 November 2026",
        "nonsense": "24 August 2026 to 21 November 2026",
    }
    for word, said in spans.items():
        assert said in text(page(viewer, span=word)), word
    typed = page(viewer, since="2026-05-05", until="2026-05-05")
    assert "5 May 2026 to 5 May 2026" in text(typed)
    assert "Received 1 Opened" in text(typed)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2026-05-09", "2026-05-08", "The end date must not be before the start date."),
        ("2026-05-09", "", "This field is required."),
        ("2026-05-09", "2026-11-22", "Choose today or an earlier day"),
        ("2020-01-01", "2026-05-08", "Choose three years at most"),
        ("0001-01-01", "0001-01-02", "Nothing was received before 2000."),
        ("soon", "2026-05-08", "Enter a valid date."),
    ],
)
def test_wrong_days_are_told_beside_the_field_and_kept(
    viewer: User, since: str, until: str, said: str
) -> None:
    answer = page(viewer, since=since, until=until)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{since}"' in answer.content.decode()
    assert "data-chart" not in answer.content.decode()


def test_days_without_anything_say_so(label: Label, viewer: User) -> None:
    answer = page(viewer)
    assert "Nothing in this period" in text(answer)
    assert "data-chart" not in answer.content.decode()
    assert "chart.umd" not in answer.content.decode()


def test_a_members_own_demos_do_not_count(label: Label, viewer: User) -> None:
    insider = demo(label).producer
    Membership.objects.create(label=label, user=insider, role=Role.VIEWER)
    keep_up()
    assert "Received 1 Opened" in text(page(viewer))
    assert "Nothing in this period" in text(page(insider))


@pytest.mark.parametrize("count", [1, 5])
def test_insights_ask_twelve_queries_at_most(
    label: Label, viewer: User, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        passed(label, "genre")
    keep_up()
    client = signed_in(viewer)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(reverse("insights:figures", args=["harbour"])).status_code == 200


def test_silence_of_the_label_is_named_apart_from_the_state(label: Label, viewer: User) -> None:
    manager = make_member(label, Role.MANAGER)
    send(
        label, manager, (1, "start_review"), (2, "accept"), (31, "expire"), days_ago=40
    )  # the producer's silence
    keep_up()
    found = text(page(viewer, span="everything"))
    assert "Expired unanswered 0" in found
    assert "Expired 1" in found
