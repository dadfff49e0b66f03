"""Deliveries stay, whoever writes, and there are as many as were announced."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from notifications.choices import Channel, DeliveryStatus
from notifications.models import Announcement, Delivery
from notifications.tasks import announce
from notifications.tests.parties import make_parties
from submissions.tests.builders import act
from submissions.verification import faults
from trackflow.testing.announcements import announce_event, last_event
from trackflow.testing.databases import TestDatabases

Raw = psycopg.Connection[Any]
REFUSED = (errors.RestrictViolation, errors.InsufficientPrivilege)


def connect(databases: TestDatabases, role: str) -> Raw:
    url = getattr(databases, role)
    if url is None:
        pytest.skip("Only the embedded database gives us a superuser.")
    return databases.raw(url)


@pytest.mark.parametrize("role", ["runtime", "owner", "superuser"])
def test_delivery_is_deleted_by_nobody(role: str, committed_db: str, test_databases: TestDatabases) -> None:
    announce_event(last_event(make_parties("submitted").submission))
    with connect(test_databases, role) as raw:
        if role == "superuser":
            raw.execute("SET session_replication_role = replica")
        for statement in (
            "DELETE FROM notifications_delivery",
            "TRUNCATE notifications_delivery",
            "UPDATE notifications_delivery SET person_id = (SELECT min(id) FROM accounts_user)",
            "UPDATE notifications_delivery SET channel = 'none'",
            "DELETE FROM notifications_announcement",
            "UPDATE notifications_delivery SET label_id = NULL",
            "UPDATE notifications_delivery SET outcome = 'off', sent_at = NULL WHERE channel = 'in_app'",
            "UPDATE notifications_announcement SET told = 0",
            "TRUNCATE notifications_announcement",
        ):
            with pytest.raises(REFUSED):
                raw.execute(statement)
        raw.execute("UPDATE notifications_delivery SET read_at = now()")
    assert Delivery.objects.count() == Announcement.objects.get().told == 6


@pytest.mark.django_db
def test_event_that_nobody_is_told_of_is_announced_too() -> None:
    parties = make_parties("submitted")
    event = act(parties.submission, "listened", manager=parties.manager)
    announce(event_id=event.pk)
    assert Announcement.objects.get(event=event).told == 0


@pytest.mark.parametrize(
    ("forgery", "sentence"),
    [
        (
            "DELETE FROM notifications_delivery WHERE id = (SELECT min(id) FROM notifications_delivery)",
            "event 1 made 6 deliveries, and 5 are there",
        ),
        ("DELETE FROM notifications_delivery", "event 1 made 6 deliveries, and 0 are there"),
        ("UPDATE notifications_announcement SET told = 3", "event 1 made 3 deliveries, and 6 are there"),
        ("DELETE FROM notifications_announcement", "event 1 has deliveries and was never announced"),
    ],
)
def test_forgery_is_found(forgery: str, sentence: str, committed_db: str, superuser_connection: Raw) -> None:
    submission = make_parties("submitted").submission
    announce_event(last_event(submission))
    assert list(faults()) == list(faults([submission.reference])) == []
    for table in ("notifications_delivery", "notifications_announcement"):
        superuser_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    superuser_connection.execute(forgery)
    for found in (faults(), faults([submission.reference])):
        assert [(fault.reference, fault.sentence) for fault in found] == [(submission.reference, sentence)]
    assert list(faults(["TF-0000-0000"])) == []


def test_runtime_adds_a_delivery_and_is_found(committed_db: str) -> None:
    parties = make_parties("submitted")
    event = last_event(parties.submission)
    announce_event(event)
    place = {"label": parties.label, "submission": parties.submission}
    sent = {"outcome": DeliveryStatus.SENT, "sent_at": event.recorded_at}
    Delivery.objects.create(event=event, person=parties.viewer, channel=Channel.IN_APP, **place, **sent)
    assert [fault.sentence for fault in faults()] == ["event 1 made 6 deliveries, and 7 are there"]
