"""Mails are stopped by one click, without signing in, and only by links that we made."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from kit import clock
from kit.urls import split_url
from labels.choices import Role
from labels.team.invitations import invite
from labels.tests.builders import make_label
from notifications import mail, tasks
from notifications.digests import service as digests
from notifications.models import Delivery, Digest, KindChoice
from notifications.team_mail import farewell_mail, invitation_mail
from notifications.tests.digests.test_digests import next_morning
from notifications.tests.parties import Parties, make_parties
from submissions.tests.builders import act
from trackflow.testing.announcements import announce_event, last_event
from trackflow.testing.post_office import PostOffice

Run = Callable[[], None]


def decided(parties: Parties) -> Delivery:
    """Return the mail to the producer that their demo was shortlisted."""
    act(parties.submission, "shortlist", manager=parties.manager)
    rows = announce_event(last_event(parties.submission))
    return next(row for row in rows if row.person == parties.producer and row.channel == "email")


def stop_path(message: EmailMultiAlternatives) -> str:
    header = message.extra_headers["List-Unsubscribe"]
    assert header == f"<{header[1:-1]}>"
    return str(split_url(header[1:-1]).path)


def choices() -> set[tuple[str, str, str, str]]:
    rows = KindChoice.objects.select_related("label", "person")
    return {(row.side, row.kind, row.label.name if row.label else "", row.way) for row in rows}


@pytest.mark.django_db
def test_one_click_stops_this_kind_at_this_label_and_the_app_goes_on(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    parties = make_parties("in_review")
    message = mail.build(decided(parties))
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    outside = Client(enforce_csrf_checks=True)
    response = outside.post(stop_path(message), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert choices() == {("producer", "decisions", "Harbour", "app")}
    act(parties.submission, "accept", manager=parties.manager)
    rows = announce_event(last_event(parties.submission))
    told = {row.channel: row.outcome for row in rows if row.person == parties.producer}
    assert told == {"email": "off", "in_app": "sent"}


@pytest.mark.django_db
def test_link_in_the_mail_asks_first_and_changes_nothing_by_itself(client: Client) -> None:
    parties = make_parties("in_review")
    message = mail.build(decided(parties))
    path = stop_path(message)
    for body in (str(message.body), str(message.alternatives[0][0])):
        assert f"http://127.0.0.1:8001{path}" in body
        assert "http://127.0.0.1:8001/notifications/settings/" in body
    page = client.get(path)
    assert page.status_code == 200
    assert "Stop these mails?" in page.content.decode()
    assert choices() == set()
    assert "You will get no more of these mails" in client.post(path).content.decode()
    assert client.post(path).status_code == 200
    assert choices() == {("producer", "decisions", "Harbour", "app")}


@pytest.mark.django_db
def test_mail_that_waits_is_not_sent_after_the_click(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    parties = make_parties("in_review")
    delivery = decided(parties)
    client.post(stop_path(mail.build(delivery)))
    tasks.send(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (mailoutbox, delivery.outcome) == ([], "off")


@pytest.mark.django_db
def test_link_of_a_digest_stops_the_digest(client: Client, mailoutbox: list[EmailMultiAlternatives]) -> None:
    parties = make_parties("submitted")
    KindChoice.objects.create(
        person=parties.owner, side="team", kind="team", label=make_label("Elsewhere"), way="digest"
    )
    announce_event(last_event(parties.submission))
    with clock.at(next_morning(parties.owner)):
        digests.make_due()
        tasks.send_digest(digest_id=Digest.objects.get(person=parties.owner).pk)
    [message] = mailoutbox
    page = client.post(stop_path(message))
    assert "Your daily digest" in page.content.decode()
    assert choices() == {
        ("team", "new_demos", "", "app"),
        ("team", "reminders", "", "app"),
        ("team", "team", "Elsewhere", "app"),
    }


@pytest.mark.django_db
def test_link_that_we_did_not_make_is_not_found(client: Client) -> None:
    parties = make_parties("in_review")
    path = stop_path(mail.build(decided(parties)))
    for wrong in (path.replace("unsubscribe/", "unsubscribe/x"), path[:-3] + "x/", "/unsubscribe/x/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    assert choices() == set()


@pytest.mark.django_db
def test_who_switched_it_off_altogether_keeps_that(client: Client) -> None:
    parties = make_parties("in_review")
    path = stop_path(mail.build(decided(parties)))
    KindChoice.objects.create(
        person=parties.producer, side="producer", kind="decisions", label=None, way="off"
    )
    client.post(path)
    assert choices() == {("producer", "decisions", "", "off")}


@pytest.mark.django_db
def test_mails_that_somebody_needs_cannot_be_stopped() -> None:
    parties = make_parties("submitted")
    invitation = invite(parties.label, email="new@example.com", role=Role.REVIEWER, days=7, by=parties.owner)
    for message in (invitation_mail(invitation), farewell_mail(parties.label, parties.viewer, by=None)):
        assert not {name for name in message.extra_headers if name.startswith("List-Unsub")}
        assert "/unsubscribe/" not in str(message.body)


def test_header_arrives_and_leads_to_the_page(post_office: PostOffice, run_jobs: Run, client: Client) -> None:
    parties = make_parties("in_review")
    act(parties.submission, "shortlist", manager=parties.manager)
    run_jobs()
    [told] = [each for each in post_office.mails if "shortlisted" in each["Subject"]]
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://127.0.0.1:8001(/unsubscribe/\S+/)>", told["List-Unsubscribe"].strip())
    assert found
    assert client.get(found[1]).status_code == 200
