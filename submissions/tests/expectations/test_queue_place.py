"""The place of a submission in its label's queue."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.tests.builders import make_producer, make_track
from kit import clock
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from submissions.expectations import page as expectations_page
from submissions.expectations.page import ahead_of
from submissions.tests.builders import make_draft, make_submission

pytestmark = pytest.mark.django_db


def test_those_that_wait_and_were_sent_earlier_are_ahead(django_assert_num_queries: Any) -> None:
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    for state in ("submitted", "in_review", "shortlisted", "changes_requested", "rejected", "draft"):
        make_submission(state, label=label, manager=manager)
    make_submission("submitted", label=make_label("Quay", slug="quay"))
    demo = make_submission("submitted", label=label, manager=manager)
    with clock.at(clock.now() + timedelta(minutes=5)):
        make_submission("submitted", label=label, manager=manager)
    with django_assert_num_queries(1):
        assert ahead_of(demo) == 3


def test_the_producers_own_are_not_ahead_of_them() -> None:
    label, producer = make_label(), make_producer()
    manager = make_member(label, Role.MANAGER)
    demos = [
        make_submission("submitted", label=label, manager=manager, track=make_track(producer))
        for _ in range(2)
    ]
    assert [ahead_of(demo) for demo in demos] == [0, 0]


def test_what_does_not_wait_has_no_place() -> None:
    assert ahead_of(make_submission("rejected")) is None
    assert ahead_of(make_draft(label=make_label("Quay", slug="quay"))) is None


def test_the_count_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    demos = [make_submission("submitted", label=label, manager=manager) for _ in range(4)]
    monkeypatch.setattr(expectations_page, "MOST", 2)
    assert [ahead_of(demo) for demo in demos] == [0, 1, 2, 2]
