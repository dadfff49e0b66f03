"""Mails to who is not in a team: invitations and farewells, through a real worker and a real mail server."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from labels.choices import Role
from labels.models import Invitation, Label, Membership
from labels.team.invitations import invite, resend, revoke, token_of
from labels.team.service import end_membership
from labels.tests.builders import make_label, make_member
from notifications.deliveries import failing_invitations
from notifications.tasks import send_farewell, send_invitation
from trackflow.testing.post_office import PostOffice


def offer(label: Label, email: str = "ada@example.com") -> Invitation:
    owner = make_member(label, Role.OWNER)
    return invite(label, email=email, role=Role.REVIEWER, days=7, by=owner)


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())


def test_invitation_leaves_through_the_worker_with_a_link_that_opens(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None], settings: Settings
) -> None:
    settings.BASE_URL = "https://tf.example"
    made = offer(make_label())
    assert post_office.mails == []
    run_jobs()
    [mail] = post_office.mails
    assert (mail["To"], mail["Subject"]) == ("ada@example.com", "Owner invites you to the team of Harbour")
    for kind in ("plain", "html"):
        found = re.search(r"https://tf\.example(/invitations/[\w./-]+)", body(mail, kind))
        assert found
        assert Client().get(found[1]).status_code == 200
    assert "ignore this mail" in body(mail)
    run_jobs()
    assert len(post_office.mails) == 1
    assert made.is_open()


def test_mail_is_tried_again_and_seen_to_fail_meanwhile(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    made = offer(make_label())
    post_office.is_ill = True
    run_jobs()
    assert failing_invitations([made.nonce]) == {made.nonce: False}
    assert post_office.mails == []
    post_office.is_ill = False
    send_invitation(invitation_id=made.pk, nonce=made.nonce.hex)
    send_invitation(invitation_id=made.pk, nonce=made.nonce.hex)
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_given_up_mail_is_seen_until_it_is_sent_again(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    made = offer(make_label())
    post_office.is_ill = True
    run_jobs()
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.send_invitation")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [jobs.get().pk])
    assert failing_invitations([made.nonce]) == {made.nonce: True}
    Invitation.objects.update(sent_at="2026-01-01T00:00Z")
    fresh = resend(made, by=made.invited_by)
    assert failing_invitations([fresh.nonce]) == {}


@pytest.mark.django_db
def test_old_link_and_ended_invitation_get_no_mail(mailoutbox: list[object]) -> None:
    label = make_label()
    made = offer(label)
    Invitation.objects.update(sent_at="2026-01-01T00:00Z")
    fresh = resend(made, by=made.invited_by)
    send_invitation(invitation_id=made.pk, nonce=made.nonce.hex)
    assert mailoutbox == []
    send_invitation(invitation_id=made.pk, nonce=fresh.nonce.hex)
    assert len(mailoutbox) == 1
    revoke(fresh, by=made.invited_by)
    send_invitation(invitation_id=made.pk, nonce=fresh.nonce.hex)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_names_with_tricks_stay_on_one_line(mailoutbox: list[EmailMessage]) -> None:
    made = offer(make_label("Harbour\u202e evil\nBcc: x", slug="harbour"))
    send_invitation(invitation_id=made.pk, nonce=made.nonce.hex)
    [mail] = mailoutbox
    assert str(mail.subject) == "Owner invites you to the team of Harbour evil Bcc: x"  # type: ignore[attr-defined]
    assert token_of(made) in str(mail.body)  # type: ignore[attr-defined]


def test_who_was_removed_hears_of_it_by_mail_and_who_left_does_not(
    committed_db: str, post_office: PostOffice, run_jobs: Callable[[], None]
) -> None:
    label = make_label()
    owner, leaver, removed = (
        make_member(label),
        make_member(label, Role.VIEWER),
        make_member(label, Role.REVIEWER),
    )
    team = {each.user_id: each for each in Membership.objects.all()}
    end_membership(team[leaver.pk], by=leaver)
    end_membership(team[removed.pk], by=owner)
    run_jobs()
    [mail] = post_office.mails
    assert (mail["To"], mail["Subject"]) == (removed.email, "You are no longer in the team of Harbour")
    assert "Owner removed you from it" in body(mail)


@pytest.mark.django_db
def test_who_came_back_meanwhile_hears_no_farewell(mailoutbox: list[object]) -> None:
    label = make_label()
    member = make_member(label, Role.VIEWER)
    send_farewell(label_id=label.pk, user_id=member.pk, by_id=None)
    assert mailoutbox == []
