"""What both sides are told before a label no longer keeps a demo."""

from datetime import timedelta

import pytest
from django.core import mail

from kit.clock import at, now
from labels.models import Label
from notifications.audience import reminder_recipients
from notifications.mail import build
from notifications.models import Delivery, Notice
from notifications.tasks import announce_reminder
from submissions.models import Reminder, Submission
from submissions.retention.service import announce_all, redact_all
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from workspace.tasks import tell_clearings

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


@pytest.fixture
def announced(cast: Cast) -> tuple[Submission, Reminder]:
    """A demo that the label passed on a year ago and keeps for twelve months."""
    Label.objects.filter(pk=cast.label.pk).update(keeps_months=12)
    with at(now() - YEAR):
        demo = cast.demo("rejected", title="Tides")
    assert announce_all() == 1
    return demo, Reminder.objects.get()


def test_producer_is_told_by_mail_and_in_the_app(cast: Cast, announced: tuple[Submission, Reminder]) -> None:
    _, reminder = announced
    assert reminder_recipients(reminder) == [cast.producer]
    announce_reminder(reminder_id=reminder.pk)
    told = Delivery.objects.filter(reminder=reminder)
    assert {(each.person, each.channel) for each in told} == {
        (cast.producer, "in_app"),
        (cast.producer, "email"),
    }
    letter = build(told.get(channel="email"))
    assert "Harbour keeps your demo for two more weeks" in letter.subject
    assert "will remove links, notes, messages and answers on" in letter.body
    assert "Keep a copy before" in letter.body
    assert "Answer by" not in letter.body
    page = client_of(cast.producer).get("/notifications/").content.decode()
    assert "as the label keeps them no longer" in page
    assert mail.outbox == []


def test_managers_get_one_notice_for_all(cast: Cast) -> None:
    due = (now() + timedelta(days=14)).isoformat()
    Label.objects.filter(pk=cast.label.pk).update(keeps_months=12)
    for _ in range(2):
        tell_clearings(label_id=cast.label.pk, count=37, due=due)
    notice = Notice.objects.get()
    assert notice.what.startswith("will remove links, notes, messages and answers from 37 demos on")
    assert notice.path == f"/labels/{cast.label.slug}/settings/"
    told = Delivery.objects.filter(notice=notice, channel="in_app").values_list("person", flat=True)
    assert set(told) == {cast.owner.pk, cast.manager.pk, cast.insider.pk}


def test_pages_of_a_redacted_demo_say_when_and_why(
    cast: Cast, announced: tuple[Submission, Reminder]
) -> None:
    demo, _ = announced
    with at(now() + timedelta(days=14, minutes=1)):
        assert redact_all() == 1
        assert history(demo)[-1] == "redact"
        sentence = "the label keeps demos that ended without an offer for 12 months"
        paths = {
            cast.producer: f"/submissions/{demo.reference}/",
            cast.manager: f"/desk/{cast.label.slug}/{demo.reference}/",
        }
        for person, path in paths.items():
            page = client_of(person).get(path)
            assert page.status_code == 200
            assert sentence in page.content.decode()
            assert client_of(person).get(f"{path}receipt/").status_code == 200
            assert client_of(person).get(f"{path}receipt.json").status_code == 200
        assert client_of(cast.manager).get(f"/desk/{cast.label.slug}/?q=").status_code == 200
        assert client_of(cast.producer).get("/submissions/").status_code == 200
