"""How a label has answered of late, as producers will read it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from insights import records, tasks
from insights.tests.builders import NOON, keep, send
from kit import clock
from labels import status
from labels.choices import Role
from labels.models import Label, ResponseRecord
from labels.tests.builders import make_label, make_member
from submissions.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


def record(label: Label, days: float = 0) -> ResponseRecord:
    keep()
    return records.record_of(label, NOON + timedelta(days=days))


def test_answers_silence_and_words_are_counted(label: Label, manager: User) -> None:
    send(label, manager, (2, "reject", {"note": "Too long for us."}))
    send(label, manager, (1, "start_review"), (15, "accept"))
    send(label, manager, (28.1, "expire"))
    send(label, manager, (3, "withdraw"))
    found = record(label)
    counts = (found.sample, found.answered, found.in_time, found.lapsed, found.passed, found.noted)
    assert counts == (3, 2, 1, 1, 1, 1)


def test_too_few_samples_give_no_share_and_no_times(label: Label, manager: User) -> None:
    for _ in range(9):
        send(label, manager, (2, "reject"))
    few = record(label)
    assert (few.sample, few.in_time_share, few.median_hours, few.p90_hours) == (9, None, None, None)
    send(label, manager, (2.01, "reject"))
    enough = record(label)
    assert (enough.in_time_share, enough.median_hours, enough.p90_hours) == (Decimal(100), 48, 49)


def test_times_need_as_many_answers(label: Label, manager: User) -> None:
    for _ in range(9):
        send(label, manager, (28.1, "expire"))
    send(label, manager, (2, "reject"))
    found = record(label)
    assert (found.in_time_share, found.median_hours) == (Decimal(10), None)


def test_only_the_first_outcome_counts(label: Label, manager: User) -> None:
    send(label, manager, (28.1, "expire"), (29, "reopen"), (29.5, "reject"))
    found = record(label)
    assert (found.sample, found.answered, found.lapsed, found.in_time) == (1, 0, 1, 0)


def test_ninety_days_move_on(label: Label, manager: User) -> None:
    send(label, manager, (2, "reject"))  # 28 days before noon
    assert [record(label, days).sample for days in (-28.1, 0, 61.9, 62.1)] == [0, 1, 1, 0]


def test_what_is_late_counts_at_once(label: Label, manager: User) -> None:
    send(label, manager, (1, "start_review"))  # due 16 days before noon
    assert [record(label, days).sample for days in (-16.1, -15.9, 0, 73.9, 74.1)] == [0, 1, 1, 1, 0]


def test_what_waits_for_its_producer_is_not_late(label: Label, manager: User) -> None:
    send(label, manager, (1, "start_review"), (2, "request_changes"), days_ago=20)
    send(label, manager, (1, "link_failed"), days_ago=20)
    found = record(label)
    assert (found.sample, found.answered) == (1, 1)


def test_nothing_is_late_while_the_label_is_suspended(label: Label, manager: User) -> None:
    send(label, manager, days_ago=15)
    with clock.at(NOON - timedelta(days=5)):
        status.suspend(label, reason="Asked for money.")
    assert record(label).sample == 0
    with clock.at(NOON):
        status.unsuspend(label)
    assert [record(label, days).sample for days in (0, 3.9, 4.1)] == [0, 0, 1]


def test_a_suspension_before_it_was_sent_stops_nothing(label: Label, manager: User) -> None:
    with clock.at(NOON - timedelta(days=40)):
        status.suspend(label, reason="Asked for money.")
    with clock.at(NOON - timedelta(days=35)):
        status.unsuspend(label)
    send(label, manager, days_ago=15)
    assert record(label).sample == 1


def test_an_answer_asks_for_the_record_once(label: Label, manager: User, queued: Any) -> None:
    for _ in range(2):
        demo = send(label, manager, (1, "start_review"), (2, "reject"))
        for event in Event.objects.of(demo):
            tasks.keep(event_id=event.pk)
    assert queued("insights.keep_record") == [{"label_id": label.pk}]
    with clock.at(NOON):
        tasks.keep_record(label_id=label.pk)
    assert ResponseRecord.objects.get(label=label).sample == 2


def test_a_suspension_renews_the_record(label: Label, manager: User, queued: Any) -> None:
    send(label, manager, days_ago=15)
    keep()
    with clock.at(NOON):
        records.keep(label)
        status.suspend(label, reason="Asked for money.")
        for job in queued("insights.heed_suspension"):
            tasks.heed_suspension(**job)
    assert ResponseRecord.objects.get().sample == 0


def test_every_day_all_records_are_renewed(
    label: Label, manager: User, django_assert_num_queries: Any
) -> None:
    send(label, manager, (2, "reject"))
    make_label("Quay", "unverified", slug="quay")
    keep()
    with clock.at(NOON):
        assert tasks.keep_records() == 1
        assert tasks.keep_records() == 0
    with clock.at(NOON + timedelta(days=80)):
        assert tasks.keep_records() == 1
    with django_assert_num_queries(8):
        records.keep(label)
