"""A producer sees their own pattern over labels, and nothing of the teams'."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from insights.models import SubmissionFacts
from insights.tests.demos import NOW, keep_up
from insights.tests.test_page import signed_in, text
from kit.clock import at
from labels.choices import Role
from labels.directory.response_record import FEWEST
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Submission
from submissions.tests.builders import act, make_submission

QUERIES = 6
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def producer(db: None) -> User:
    return make_producer()


def page(user: User) -> Any:
    return signed_in(user).get(reverse("insights:own"))


def sent(producer: User, label: Label, state: str = "submitted") -> Submission:
    with at(NOW - timedelta(days=9)):
        return make_submission(state, label=label, track=make_track(producer))


def answered(producer: User, label: Label, reason: str = "genre", days: int = 2) -> Submission:
    demo = sent(producer, label, "in_review")
    manager = make_member(label, Role.MANAGER)
    with at(NOW - timedelta(days=9 - days)):
        return act(demo, "reject", manager=manager, reason=reason, welcome="another").submission


def test_producer_sees_times_and_reasons_over_labels(producer: User, label: Label) -> None:
    other = make_label("Quayside")
    answered(producer, label, "genre", days=2)
    answered(producer, label, "genre", days=2)
    answered(producer, other, "rights", days=4)
    sent(producer, other)
    keep_up()
    found = text(page(producer))
    assert "Sent 4 Opened 3 Answered 3 Expired unanswered 0 In time 100 %" in found
    assert "half within 2 days" in found
    assert "Not our genre 2 Rights unclear 1" in found
    assert "Harbour 2 2 2 0 2 of 2 2 days (few) 14 Nov 2026" in found
    assert "Quayside 2 1 1 0 1 of 1 4 days (few) 16 Nov 2026" in found


def test_too_few_samples_are_said_to_be_too_few(producer: User, label: Label) -> None:
    answered(producer, label)
    keep_up()
    assert "Only 1 answer so far: these figures become meaningful from 10 answers" in text(page(producer))
    for _ in range(FEWEST - 1):
        answered(producer, label)
    keep_up()
    assert "too few to speak" not in text(page(producer))
    assert "(few)" not in text(page(producer))


def test_producer_sees_their_own_alone(producer: User, label: Label) -> None:
    answered(make_producer(), label)
    keep_up()
    assert "Nothing sent yet" in text(page(producer))


def test_producer_is_told_nothing_of_who_opened_it(producer: User, label: Label) -> None:
    reviewer = make_member(label, Role.MANAGER)
    User.objects.filter(pk=reviewer.pk).update(name="Rita Reviewer")
    act(sent(producer, label), "start_review", manager=reviewer)
    keep_up()
    assert SubmissionFacts.objects.get().opened_by == reviewer
    assert "Rita" not in page(producer).content.decode()


def test_label_line_leads_to_what_was_sent_there(producer: User, label: Label) -> None:
    demo = sent(producer, label)
    sent(producer, make_label("Quayside"))
    keep_up()
    address = re.search(r'href="([^"]+)"><bdi>Harbour', unescape(page(producer).content.decode()))
    assert address
    found = signed_in(producer).get(address[1]).content.decode()
    assert demo.reference in found
    assert found.count("TF-") == found.count(demo.reference) + found.count("TF-4K7Q")


def test_submissions_list_leads_to_the_pattern(producer: User) -> None:
    listed = signed_in(producer).get(reverse("submissions:list")).content.decode()
    assert f'href="{reverse("insights:own")}"' in listed


@pytest.mark.parametrize("count", [1, 5])
def test_pattern_asks_a_constant_number_of_queries(
    producer: User, label: Label, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        answered(producer, make_label(f"Label {number}"))
    keep_up()
    client = signed_in(producer)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("insights:own"))
