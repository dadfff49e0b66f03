"""Who is told of a message, once per channel; muted, left, redacted; the mail of either side."""

import pytest
from django.core.mail import EmailMessage

from labels.models import Label, Membership
from notifications.choices import DeliveryStatus
from notifications.models import Delivery
from notifications.sentences import sentence_of
from notifications.tasks import announce_message, send
from submissions.conversation import service
from submissions.models import Message, Submission
from submissions.tests.conversation.talk import answers, asks, settles
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db
Told = set[tuple[str, str, str]]


def told(message: Message) -> Told:
    """Announce a message twice and return (who, channel, outcome) of its deliveries."""
    for _ in range(2):
        announce_message(message_id=message.pk)
    rows = Delivery.objects.filter(message=message).select_related("person")
    found = [(each.person.name, each.channel, each.outcome) for each in rows if each.person]
    assert len(found) == len(set(found))
    return set(found)


def both(*names: str, mail: str = DeliveryStatus.WAITING) -> Told:
    return {row for name in names for row in ((name, "email", mail), (name, "in_app", "sent"))}


def sent_mail(message: Message, mailoutbox: list[EmailMessage]) -> EmailMessage:
    announce_message(message_id=message.pk)
    [delivery] = Delivery.objects.filter(message=message, channel="email")
    send(delivery_id=delivery.pk)
    [mail] = mailoutbox
    return mail


def test_question_is_told_to_who_looks_after_it(cast: Cast) -> None:
    demo = cast.demo()
    assert told(asks(demo)) == both("Mona", "Olga", cast.insider.name)
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    demo.refresh_from_db(fields=["team_assignee"])
    assert told(asks(demo)) == both("Rita")


def test_question_is_told_to_whoever_wrote_before(cast: Cast) -> None:
    demo = cast.demo()
    answers(demo, cast.reviewer)
    assert told(asks(demo)) == both("Mona", "Olga", "Rita", cast.insider.name)
    Membership.objects.filter(user=cast.reviewer).delete()
    assert told(asks(demo)) == both("Mona", "Olga", cast.insider.name)


def test_answer_is_told_to_the_producer_alone(cast: Cast) -> None:
    assert told(answers(cast.demo(), cast.manager)) == both(cast.producer.name)


def test_mark_without_words_is_told_to_nobody(cast: Cast) -> None:
    demo = cast.demo()
    asks(demo)
    settles(demo, cast.reviewer)
    assert Delivery.objects.filter(message__is_silent=True).count() == 0


def test_muted_conversation_is_off(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    demo, other = cast.demo(), cast.demo()
    service.mute(demo, cast.producer, is_muted=True)
    off = {(cast.producer.name, channel, "off") for channel in ("email", "in_app")}
    assert told(answers(demo, cast.manager)) == off
    assert told(answers(other, cast.manager)) == both(cast.producer.name)
    service.mute(other, cast.producer, is_muted=True)
    send(delivery_id=Delivery.objects.get(submission=other, channel="email").pk)
    assert mailoutbox == []


def test_redacted_message_is_not_mailed(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    message = answers(cast.demo(), cast.manager, "My number is 1")
    announce_message(message_id=message.pk)
    service.redact(message)
    send(delivery_id=Delivery.objects.get(channel="email").pk)
    assert mailoutbox == []
    assert Delivery.objects.get(channel="email").outcome == DeliveryStatus.OFF


def test_producer_s_mail_says_the_words_and_nothing_internal(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    demo = cast.demo()
    mail = sent_mail(answers(demo, cast.reviewer, "Louder at 1:24 <b>please</b>"), mailoutbox)
    assert mail.to == [cast.producer.email]
    assert mail.subject == f"Harbour’s reviewer about “{demo.shown_title}”"
    body, html = str(mail.body), str(mail.alternatives[0][0])  # type: ignore[attr-defined]  # it has HTML
    for text in (body, html):
        assert f"{demo.get_absolute_url()}#conversation" in text
        assert "Rita" not in text
        assert "/desk/" not in text
    assert "> Louder at 1:24 <b>please</b>" in body
    assert "&lt;b&gt;please&lt;/b&gt;" in html
    assert demo.reference in mail.extra_headers["Message-ID"]


def test_producer_reads_a_name_where_the_label_shows_names(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    Label.objects.update(shows_names=True)
    mail = sent_mail(answers(cast.demo(), cast.reviewer), mailoutbox)
    assert mail.subject.startswith("Rita (reviewer) about")


def test_team_s_mail_leads_to_the_desk(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    demo = cast.demo()
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    demo.refresh_from_db(fields=["team_assignee"])
    mail = sent_mail(asks(demo, "Line one\nLine two"), mailoutbox)
    assert mail.subject == f"{demo.artist} about “{demo.shown_title}”"
    assert f"/desk/harbour/{demo.reference}/#conversation" in str(mail.body)
    assert "> Line one\n> Line two" in str(mail.body)


def test_notification_says_who_wrote_and_leads_there(cast: Cast) -> None:
    demo = cast.demo()
    told(answers(demo, cast.reviewer))
    delivery = Delivery.objects.with_subject().get(channel="in_app")
    sentence = sentence_of(delivery)
    assert (sentence.who, sentence.what, sentence.title) == (
        "Harbour’s reviewer",
        "wrote a message",
        demo.shown_title,
    )
    assert sentence.path == f"{demo.get_absolute_url()}#conversation"
