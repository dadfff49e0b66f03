"""From an event to the mail server, with a real worker and a real server."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit import jobs
from labels import status
from notifications import mail, tasks
from notifications.choices import Channel, DeliveryStatus
from notifications.deliveries import SEND
from notifications.models import Delivery
from notifications.tests.parties import Parties, make_parties, want_mail_at_once
from submissions.tests.builders import act
from submissions.verification import faults
from trackflow.testing.announcements import announce_event, jobs_named, last_event, make_jobs_due
from trackflow.testing.post_office import PostOffice

Run = Callable[[], None]


def drop_jobs() -> None:
    """Forget what led to where a test begins."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def to(office: PostOffice) -> list[str]:
    return sorted(mail["To"] for mail in office.mails)


def everybody(parties: Parties) -> list[str]:
    """Return who gets a mail of a new demo: its producer, and those who manage the label."""
    return sorted([parties.producer.email, parties.owner.email, parties.manager.email])


@pytest.mark.django_db
def test_announcing_again_tells_nobody_twice() -> None:
    parties = make_parties("submitted")
    want_mail_at_once(parties)
    drop_jobs()
    first = announce_event(last_event(parties.submission))
    people = (parties.owner, parties.manager, parties.producer)
    assert {(each.person, each.channel) for each in first} == {
        (person, channel) for person in people for channel in ("in_app", "email")
    }
    assert len(jobs_named("notifications.send")) == 3
    again = announce_event(last_event(parties.submission))
    assert [each.pk for each in again] == [each.pk for each in first]
    assert len(jobs_named("notifications.send")) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("transition", "state"), [("submit", "submitted"), ("resubmit", "changes_requested")]
)
def test_producer_gets_what_they_sent_confirmed_and_has_read_it(transition: str, state: str) -> None:
    parties = make_parties(state)
    if transition == "resubmit":
        act(parties.submission, transition)
    event = last_event(parties.submission)
    own = [each for each in announce_event(event) if each.person == parties.producer]
    assert sorted(each.channel for each in own) == ["email", "in_app"]
    assert not Delivery.objects.unread_by(parties.producer).exists()
    assert Delivery.objects.unread_by(parties.owner).count() == 1
    text = str(mail.build(next(each for each in own if each.channel == "email")).body)
    assert text.startswith("You sent ")
    assert event.digest_hex in text
    assert "They promised an answer by " in text
    assert list(faults()) == []


@pytest.mark.django_db
def test_delivery_is_as_old_as_what_it_tells() -> None:
    event = last_event(make_parties("submitted").submission)
    assert {each.created_at for each in announce_event(event)} == {event.recorded_at}


@pytest.mark.django_db
def test_announcement_that_fails_leaves_neither_rows_nor_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    event = last_event(make_parties("submitted").submission)
    drop_jobs()

    def fail(*names: object, **arguments: object) -> None:
        raise RuntimeError("the queue is gone")

    monkeypatch.setattr(jobs, "defer", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.announce(event_id=event.pk)
    assert not event.deliveries.exists()
    assert not ProcrastinateJob.objects.exists()


def test_job_queues_jobs_in_its_own_transaction(committed_db: str) -> None:
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()), transaction.atomic():
        jobs.defer(["notifications.announce"], event_id=1)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


def test_mail_arrives_with_digest_and_message_id(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("submitted")
    want_mail_at_once(parties)
    run_jobs()
    assert to(post_office) == everybody(parties)
    mail = next(mail for mail in post_office.mails if mail["To"] == parties.owner.email)
    delivery = Delivery.objects.get(person=parties.owner, channel="email")
    reference = parties.submission.reference
    assert mail["Message-ID"] == f"<delivery-{delivery.pk}.{reference}@localhost>"
    assert mail["In-Reply-To"] == mail["References"] == f"<{reference}@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "Trackflow <notifications.localhost>"
    digest = last_event(parties.submission).digest_hex
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert digest in body.get_content()
    assert delivery.sent_at is not None
    run_jobs()
    assert len(post_office.mails) == 3


def test_server_that_is_down_is_tried_again(post_office: PostOffice, run_jobs: Run) -> None:
    post_office.is_ill = True
    parties = make_parties("submitted")
    want_mail_at_once(parties)
    run_jobs()
    assert post_office.mails == []
    assert Delivery.objects.unsent().count() == 3
    assert jobs_named("notifications.send") == [("todo", 1)] * 3
    post_office.is_ill = False
    run_jobs()
    assert post_office.mails == []
    make_jobs_due()
    run_jobs()
    assert to(post_office) == everybody(parties)
    assert not Delivery.objects.unsent().exists()


def test_crash_after_the_servers_yes_sends_the_same_message_again(
    post_office: PostOffice, committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties = make_parties("submitted")
    want_mail_at_once(parties)
    mail = next(each for each in announce_event(last_event(parties.submission)) if each.channel == "email")

    def crash(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Delivery, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            tasks.send(delivery_id=mail.pk)
    mail.refresh_from_db()
    assert mail.sent_at is None
    tasks.send(delivery_id=mail.pk)
    tasks.send(delivery_id=mail.pk)
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Subject"] == second["Subject"]


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["producer", "manager"])
def test_who_may_no_longer_know_gets_no_mail(gone: str, mailoutbox: list[object]) -> None:
    parties = make_parties("submitted" if gone == "manager" else "in_review")
    deliveries = announce_event(last_event(parties.submission))
    User.objects.filter(pk=getattr(parties, gone).pk).update(is_active=False)
    for delivery in deliveries:
        if delivery.person == getattr(parties, gone):
            tasks.send(delivery_id=delivery.pk)
    assert mailoutbox == []


def test_whole_life_is_mailed_to_whom_it_concerns(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("released")
    want_mail_at_once(parties)
    run_jobs()
    assert to(post_office) == sorted(
        [parties.producer.email] * 5 + [parties.owner.email] * 2 + [parties.manager.email] * 2
    )
    assert Delivery.objects.filter(channel="in_app").count() == 9


def test_producers_hear_that_a_label_is_suspended_and_is_back(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("in_review")
    run_jobs()
    post_office.mails.clear()
    label = status.suspend(parties.label, reason="Asked for money.")
    run_jobs()
    told = [mail for mail in post_office.mails if mail["To"] == parties.producer.email]
    assert [mail["Subject"] for mail in told] == ["Harbour is suspended: no deadline is running"]
    managers = [parties.owner.email, parties.manager.email]
    assert to(post_office) == sorted([parties.producer.email, *managers])
    status.unsuspend(label)
    run_jobs()
    _, over = (mail for mail in post_office.mails if mail["To"] == parties.producer.email)
    assert over["Subject"] == "Harbour: the suspension is over"
    body = over.get_body(("plain",))
    assert body is not None
    assert parties.submission.reference in body.get_content()
    mailed = Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.SENT).count()
    assert ProcrastinateJob.objects.filter(task_name=SEND).count() == mailed


def test_system_event_is_announced_by_the_worker_itself(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("submitted")
    run_jobs()
    post_office.mails.clear()
    act(parties.submission, "link_failed")
    run_jobs()
    assert to(post_office) == [parties.producer.email]
    assert Delivery.objects.filter(channel="in_app", event__transition="link_failed").count() == 3
