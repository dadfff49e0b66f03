"""Jobs about deliverables: links are watched, and whoever is late is reminded."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from accounts.models import User
from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.choices import Role
from labels.models import Label
from labels.status import suspend
from labels.tests.builders import make_label, make_member
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Delivery, Notice
from notifications.tasks import remind_of_deliverables as remind
from notifications.tasks import send, tell_dead_deliverable
from submissions.choices import LinkOutcome
from submissions.deliverables import link_checks
from submissions.deliverables.tasks import look_at_deliverables, remind_of_deliverables
from submissions.links.checks import GAP
from submissions.links.tasks import check_links
from submissions.models import Deliverable, DeliverableLink, Submission
from submissions.tests.builders import act, history, items_of, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def label(db: None) -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


@pytest.fixture
def maya(db: None) -> User:
    return make_producer("maya@example.com")


@pytest.fixture
def handed(maya: User, label: Label, manager: User) -> Deliverable:
    submission = make_submission("signed", producer=maya, label=label, manager=manager)
    act(submission, "ask_for", items=items_of("WAV master"), manager=manager)
    act(submission, "hand_in")
    return Deliverable.objects.get()


def queued(name: str) -> list[Any]:
    rows = ProcrastinateJob.objects.filter(task_name=name).order_by("id")
    return list(rows.values_list("args", flat=True))


def _found(outcome: LinkOutcome, _url: str) -> LinkOutcome:
    return outcome


def looked(row: Deliverable, *outcomes: LinkOutcome) -> list[bool]:
    """Check the link as often, hours apart; return whether each asked for another check soon."""
    answers = []
    for place, outcome in enumerate(outcomes):
        with at(now() + place * (GAP + timedelta(minutes=1))):
            answers.append(link_checks.check(row, partial(_found, outcome)))
    return answers


def test_link_that_is_gone_twice_is_dead_and_told_once(handed: Deliverable) -> None:
    assert looked(handed, LinkOutcome.GONE) == [True]
    assert not DeliverableLink.objects.get().is_dead
    looked(handed, LinkOutcome.GONE, LinkOutcome.GONE, LinkOutcome.GONE)
    assert DeliverableLink.objects.get().is_dead
    assert queued("notifications.tell_dead_deliverable") == [{"deliverable_id": handed.pk}]


def test_link_that_works_again_is_alive(handed: Deliverable) -> None:
    looked(handed, LinkOutcome.GONE, LinkOutcome.GONE, LinkOutcome.ALIVE)
    assert not DeliverableLink.objects.get().is_dead


def test_dead_link_makes_no_event_and_moves_no_date(handed: Deliverable) -> None:
    before, due = history(handed.submission), handed.due_at
    looked(handed, LinkOutcome.GONE, LinkOutcome.GONE)
    handed.refresh_from_db()
    assert (history(handed.submission), handed.due_at) == (before, due)


def test_result_for_a_replaced_link_is_dropped(handed: Deliverable) -> None:
    act(handed.submission, "ask_again")
    act(handed.submission, "hand_in", value={"url": "https://www.dropbox.com/scl/fi/z9/b.wav?rlkey=c&dl=0"})
    looked(handed, LinkOutcome.GONE)
    assert not DeliverableLink.objects.exists()


def test_both_sides_are_told_of_a_dead_link(handed: Deliverable, manager: User) -> None:
    looked(handed, LinkOutcome.GONE, LinkOutcome.GONE)
    for _ in range(2):
        tell_dead_deliverable(deliverable_id=handed.pk)
    theirs, notice = Notice.objects.order_by("id")
    assert "found a link that does not work: WAV master" in notice.what
    assert notice.path.endswith("/deliverables/")
    assert {each.person for each in notice.deliveries.all()} == {manager}
    assert {each.person for each in theirs.deliveries.all()} == {handed.submission.producer}
    message = mailed(theirs)
    assert message.to == ["maya@example.com"]
    assert "WAV master" in message.body
    assert "dropbox" not in message.body


def mailed(notice: Notice) -> Any:
    """Send the mail of a notice's only person."""
    delivery = notice.deliveries.get(channel=Channel.EMAIL)
    send(delivery_id=delivery.pk)
    return mail.outbox[-1]


def test_link_handed_in_is_looked_at_and_then_daily(handed: Deliverable, settings: Settings) -> None:
    settings.LINK_CHECKS = True
    check_links(event_id=handed.event_id)
    assert look_at_deliverables() == 1
    act(handed.submission, "ask_again")
    assert look_at_deliverables() == 0
    jobs = queued("submissions.look_at_deliverable")
    assert jobs == [{"deliverable_id": handed.pk}] * 2


def late(submission: Submission, days: int) -> int:
    with at(now() + timedelta(days=days)):
        return remind_of_deliverables()


def test_late_ones_are_reminded_of_once_a_week(handed: Deliverable, manager: User) -> None:
    submission = handed.submission
    act(submission, "ask_for", items=items_of("A", "B", days=3) + items_of("C", days=60), manager=manager)
    assert late(submission, 2) == 0
    assert late(submission, 4) == 1  # the producer, of two
    assert late(submission, 5) == 0
    assert late(submission, 8) == 1  # the label, which has had a week
    assert late(submission, 11) == 1
    assert queued("notifications.remind_of_deliverables") == [
        {"submission_id": submission.pk, "ball": ball} for ball in ("producer", "label", "producer")
    ]


def test_nobody_is_reminded_at_a_suspended_label(handed: Deliverable, label: Label) -> None:
    suspend(label, reason="Asked for money.")
    assert late(handed.submission, 30) == 0


def test_nobody_is_reminded_once_it_is_over(handed: Deliverable, manager: User) -> None:
    act(handed.submission, "rescind", manager=manager)
    assert late(handed.submission, 30) == 0


def test_producer_reads_what_is_late_and_the_label_is_noticed(
    handed: Deliverable, manager: User, maya: User
) -> None:
    submission = handed.submission
    act(submission, "ask_for", items=items_of("Stems", days=3) + items_of("Photo", days=60), manager=manager)
    with at(now() + timedelta(days=10)):
        for _ in range(2):
            remind(submission_id=submission.pk, ball="producer")
            remind(submission_id=submission.pk, ball="label")
        theirs, notice = Notice.objects.order_by("id")
        message = mailed(theirs)
    assert message.to == [maya.email]
    assert "still waits for 1 thing from you" in message.body
    assert "Stems, due on" in message.body
    assert "Photo" not in message.body
    assert "team" not in message.body
    assert f"/submissions/{submission.reference}/needed/" in message.body
    assert "1 thing from the producer should have been looked at" in notice.what
    assert theirs.deliveries.count() == 2
    assert set(Delivery.objects.page_of(maya)) == set(theirs.deliveries.filter(channel=Channel.IN_APP))


def test_producer_is_reminded_as_they_settled_it(
    handed: Deliverable, manager: User, maya: User, client: Client
) -> None:
    submission = handed.submission
    act(submission, "ask_for", items=items_of("Stems", days=3), manager=manager)
    with at(now() + timedelta(days=10)):
        remind(submission_id=submission.pk, ball="producer")
        message = mailed(Notice.objects.get())
    stop_path = message.extra_headers["List-Unsubscribe"].partition("8001")[2].rstrip(">")
    assert stop_path in message.body
    assert client.post(stop_path).status_code == 200
    with at(now() + timedelta(days=12)):
        remind(submission_id=submission.pk, ball="producer")
    later = Notice.objects.latest("id").deliveries
    assert later.get(channel=Channel.EMAIL).outcome == DeliveryStatus.OFF
    assert later.get(channel=Channel.IN_APP).outcome == DeliveryStatus.SENT


def test_reminding_moves_no_date_and_makes_no_event(handed: Deliverable) -> None:
    before = history(handed.submission)
    assert late(handed.submission, 30) == 1
    fresh = Deliverable.objects.get()
    assert (fresh.due_at, history(handed.submission)) == (handed.due_at, before)
