"""Who is reminded, in which words, and what is not mailed because it was answered meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from catalog.tests.builders import make_track
from kit.clock import at
from notifications.audience import reminder_recipients
from notifications.mail import build
from notifications.models import Delivery
from notifications.sentences import sentence_of
from notifications.tasks import announce_reminder, send
from submissions.models import Reminder, Submission
from submissions.tasks import remind
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def reminder_of(cast: Cast, days: float, state: str = "submitted", assignee: Any = None) -> Reminder:
    """Return the reminder that is made so many days after a demo with a promise of 14 was sent."""
    with at(START):
        demo = make_submission(
            state, manager=cast.manager, label=cast.label, track=make_track(cast.producer, title="Tides")
        )
        Submission.objects.filter(pk=demo.pk).update(team_assignee=assignee)
    with at(START + days * DAY):
        assert remind() == 1
        reminder = Reminder.objects.get()
        announce_reminder(reminder_id=reminder.pk)
    return reminder


def told(reminder: Reminder) -> set[str]:
    return {str(each.person) for each in Delivery.objects.filter(reminder=reminder)}


def test_assignee_is_reminded(cast: Cast) -> None:
    assert told(reminder_of(cast, 8, assignee=cast.reviewer)) == {"Rita"}


def test_without_one_those_who_may_answer_are(cast: Cast) -> None:
    assert told(reminder_of(cast, 8)) == {"Mona", "Olga", "Mara"}  # the insider is an owner called Mara


def test_late_answer_reaches_managers_and_owners_too(cast: Cast) -> None:
    assert told(reminder_of(cast, 15, assignee=cast.reviewer)) == {"Rita", "Mona", "Olga", "Mara"}


def test_nobody_of_the_team_is_reminded_of_their_own_demo(cast: Cast) -> None:
    with at(START):
        make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    with at(START + 15 * DAY):
        remind()
    assert cast.insider not in reminder_recipients(Reminder.objects.get())


@pytest.mark.parametrize("state", ["accepted", "changes_requested"])
def test_producer_is_reminded_by_mail(cast: Cast, state: str) -> None:
    reminder = reminder_of(cast, 12.5, state)
    assert [each.person for each in Delivery.objects.filter(reminder=reminder, channel="email")] == [
        cast.producer
    ]


def test_announcing_twice_tells_once(cast: Cast) -> None:
    reminder = reminder_of(cast, 8)
    before = Delivery.objects.count()
    announce_reminder(reminder_id=reminder.pk)
    assert Delivery.objects.count() == before


WORDS = [
    (8, "submitted", "reminds you at half time: an answer is due by Monday, 16 March"),
    (12.2, "submitted", "reminds you: an answer is due by Monday, 16 March"),
    (13.9, "submitted", "reminds you: an answer is due on Monday, 16 March"),
    (15, "submitted", "reminds you: an answer was due on Monday, 16 March"),
    (12.5, "accepted", "reminds you: an offer waits for your answer until Monday, 16 March"),
    (12.5, "changes_requested", "reminds you: the label waits for your changes until Monday, 16 March"),
]


@pytest.mark.parametrize(("days", "state", "words"), WORDS)
def test_reminder_says_what_is_due_and_when(cast: Cast, days: float, state: str, words: str) -> None:
    reminder = reminder_of(cast, days, state)
    delivery = Delivery.objects.with_subject().filter(reminder=reminder, channel="email").first()
    assert delivery
    assert (sentence_of(delivery).who, sentence_of(delivery).what) == ("Trackflow", words)
    message = build(delivery)
    assert f"Trackflow {words}." in str(message.body)
    assert "“Tides”" in str(message.body)
    place = "/submissions/" if state != "submitted" else f"/desk/{cast.label.slug}/"
    assert place in str(message.body)
    assert reminder.submission.reference in message.extra_headers["References"]


def test_mail_is_not_sent_once_it_was_answered(cast: Cast) -> None:
    reminder = reminder_of(cast, 12.5, "accepted")
    with at(START + 13 * DAY):
        act(Submission.objects.get(), "sign")
        delivery = Delivery.objects.get(reminder=reminder, channel="email")
        send(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.outcome, mail.outbox) == ("off", [])
    assert Reminder.objects.count() == 1


def test_person_finds_it_among_their_notifications(cast: Cast) -> None:
    reminder = reminder_of(cast, 8, assignee=cast.reviewer)
    page = client_of(cast.reviewer).get("/notifications/").content.decode()
    assert "an answer is due by Monday, 16 March" in page
    assert f"/desk/{cast.label.slug}/{reminder.submission.reference}/" in page
